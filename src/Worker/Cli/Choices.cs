using System.CommandLine;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Cli;

/// <summary>Arguments and options that take one of some words, in upper or lower case.</summary>
internal static class Choices
{
    public static void OneOf(this Argument<string> argument, string name, IReadOnlyList<string> words)
    {
        argument.CompletionSources.Add(_ =>
            words.Select(w => new System.CommandLine.Completions.CompletionItem(w))
        );
        argument.HelpName = name;
        argument.Validators.Add(result =>
        {
            if (Fault(name, result.Tokens, words) is { } fault)
            {
                result.AddError(fault);
            }
        });
    }

    public static void OneOf(this Option<string?> option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add(_ =>
            words.Select(w => new System.CommandLine.Completions.CompletionItem(w))
        );
        option.Validators.Add(result =>
        {
            if (Fault(option.Name, result.Tokens, words) is { } fault)
            {
                result.AddError(fault);
            }
        });
    }

    private static string? Fault(
        string name,
        IReadOnlyList<System.CommandLine.Parsing.Token> tokens,
        IReadOnlyList<string> words
    ) =>
        tokens is [var token] && Spelling.Find(token.Value, words) is null
            ? Unknown($"The {name.TrimStart('-')}", token.Value, words)
            : null;

    /// <summary>What is said of a word that is none of those it can be.</summary>
    public static string Unknown(string what, string word, IReadOnlyList<string> words) =>
        $"{what} is '{word}'; it must be one of {string.Join(", ", words)}.{Spelling.Hint(word, words)}";
}
