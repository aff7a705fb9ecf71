using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy</c>: what rule authors check their pack with.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "policy",
            "Check a policy pack, run its scenarios, compare it with another, and have it decide.",
            "planning policy check policies/planning-services",
            "planning policy show --as-of 2021-07-01"
        );
        verb.Subcommands.Add(CreateValidate());
        verb.Subcommands.Add(PolicyCheckCommand.Create());
        verb.Subcommands.Add(PolicyTestCommand.Create());
        verb.Subcommands.Add(PolicyDiffCommand.Create());
        verb.Subcommands.Add(PolicySimulateCommand.Create());
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(PolicyVocabularyCommand.Create());
        verb.Subcommands.Add(PolicyNewCommand.Create());
        foreach (var step in PolicyLifeCycleCommands.All())
        {
            verb.Subcommands.Add(step);
        }

        return verb;
    }

    private static Verb CreateValidate()
    {
        var folder = Pack();
        var verb = new Verb(
            "validate",
            "Check a pack: every fault at once, each with file and line.",
            "planning policy validate",
            "planning policy validate policies/planning-services"
        )
        {
            folder,
        };
        verb.SetHandler(invocation =>
        {
            var pack = Read(invocation, invocation.Parsed.GetValue(folder));
            invocation.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Policy pack '{pack.Name}' is well-formed: {pack.Engagements.Count} engagements, {pack.Requirements.Count} requirements, {pack.Rates.Count} rates, {(pack.Rules.Count == 0 ? "" : $"{pack.Rules.Count} rules, ")}{pack.Scenarios.Count} scenarios. Hash {pack.Hash}"
                )
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateShow()
    {
        var folder = Pack();
        var asOf = Dates.AsOf("The date (default: today in the programme's time zone).");
        var format = Formats.Option();
        var verb = new Verb(
            "show",
            "What a pack has in force on a date.",
            "planning policy show --as-of 2021-07-01",
            "planning policy show policies/planning-services --format json"
        )
        {
            folder,
            asOf,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var pack = Read(invocation, invocation.Parsed.GetValue(folder));
            var date = invocation.Parsed.GetValue(asOf) ?? invocation.Get<BusinessCalendar>().Today;
            var sheet = PolicySheet.Of(pack, date);
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(sheet);
            }
            else
            {
                sheet.WriteTo(invocation.Out);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    public static Argument<string?> Pack() =>
        new("pack")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The pack's folder (default: the configured one).",
        };

    /// <summary>The folder named, or the configured one.</summary>
    public static string Folder(Invocation invocation, string? folder) =>
        (folder ?? invocation.Get<IOptions<PoliciesOptions>>().Value.Path).TrimEnd('/');

    /// <summary>The pack in a folder, or one that the database keeps, by its hash.</summary>
    public static PolicyPack ReadNamed(Invocation invocation, string pack)
    {
        if (Directory.Exists(pack) || pack.Length < 6 || !pack.All(char.IsAsciiHexDigit))
        {
            return PolicyPackReader.Read(pack);
        }

        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        return ActivePolicies.Hashes(store, pack) switch
        {
            [var hash] => ActivePolicies.Load(store, hash),
            [] => throw new PlanningException(
                $"The database keeps no policy pack with the hash '{pack}'. Name a folder, or the hash of a pack that a run used: planning runs --format json shows them.",
                ExitCode.Usage
            ),
            var several => throw new PlanningException(
                $"'{pack}' is the beginning of several hashes: {string.Join(", ", several)}. Give more of it.",
                ExitCode.Usage
            ),
        };
    }

    public static PolicyPack Read(Invocation invocation, string? folder) =>
        PolicyPackReader.Read(Folder(invocation, folder));
}
