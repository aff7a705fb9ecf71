using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Policies;

/// <summary>A rule that comes with the pack, as <c>rules/rules.yaml</c> declares it.</summary>
/// <param name="Code">Its finding code: the tag of its class. Not one of the built-in codes.</param>
/// <param name="RuleSet">The rule set it belongs to.</param>
/// <param name="After">The built-in code it stands behind in a decision; says which kind of subject it is about, too.</param>
/// <param name="Outcome">The outcome a finding leads to, as that of the codes around it; absent where it leads to none.</param>
/// <param name="Line">The line of the declaration.</param>
public sealed record DeclaredRule(string Code, RuleSetName RuleSet, string After, string? Outcome, int Line);

/// <summary>The assembly that holds the rules of a pack.</summary>
/// <param name="File">Its file name.</param>
/// <param name="Sha256">SHA-256 of its bytes in lower-case hexadecimal, so that the pack's hash covers them.</param>
/// <param name="Line">The line of the declaration.</param>
public sealed record DeclaredAssembly(string File, string Sha256, int Line);
