using System.CommandLine;
using System.CommandLine.Parsing;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary>The questions that <c>explain</c> answers instead of printing the whole page.</summary>
internal sealed class ExplainQuestions
{
    private readonly Option<string?> whyNot = new("--why-not")
    {
        HelpName = "CODE",
        Description =
            "Only this: did the rule with that finding code (or the row with that outcome) hold, and else what stood against it?",
    };

    private readonly Option<string[]> whatIf = new("--what-if")
    {
        HelpName = "NAME=VALUE",
        Description =
            "What would be decided if a parameter, or a date of the facts, had another value? May be given again.",
    };

    private readonly Option<bool> nearest = new("--nearest")
    {
        Description = "Which smallest change of one date or one parameter would give another outcome?",
    };

    public void AddTo(Command verb)
    {
        verb.Options.Add(whyNot);
        verb.Options.Add(whatIf);
        verb.Options.Add(nearest);
        verb.Validators.Add(Validate);
    }

    /// <summary>Answers the question that was asked, if one was.</summary>
    public bool Answer(Invocation invocation, string id, DateOnly? asOf, KnowledgePoint? asKnown, bool isJson)
    {
        var explainer = invocation.Get<Explainer>();
        if (invocation.Parsed.GetValue(whyNot) is { } code)
        {
            Print(explainer.WhyNot(code, id, asOf, asKnown), AnswerText.Write);
        }
        else if (invocation.Parsed.GetValue(whatIf) is { Length: > 0 } changes)
        {
            var pairs = changes.Select(c => c.Split('=', 2)).Select(c => (c[0].Trim(), c[1].Trim()));
            Print(explainer.WhatIf([.. pairs], id, asOf, asKnown), AnswerText.Write);
        }
        else if (invocation.Parsed.GetValue(nearest))
        {
            Print(explainer.Nearest(id, asOf, asKnown), AnswerText.Write);
        }
        else
        {
            return false;
        }

        return true;

        void Print<T>(IReadOnlyList<T> answers, Action<TextWriter, T> write)
        {
            if (isJson)
            {
                invocation.Out.WriteJson(answers);
                return;
            }

            foreach (var answer in answers)
            {
                write(invocation.Out, answer);
            }
        }
    }

    private void Validate(CommandResult result)
    {
        var changes = result.GetValue(whatIf) ?? [];
        bool[] asked = [result.GetValue(whyNot) is not null, changes.Length > 0, result.GetValue(nearest)];
        if (asked.Count(a => a) > 1)
        {
            result.AddError("--why-not, --what-if and --nearest are three questions; ask one at a time.");
        }

        if (Array.Find(changes, c => c.IndexOf('=', StringComparison.Ordinal) < 1) is { } change)
        {
            result.AddError(
                $"--what-if is '{change}'; it must be a name and a value, such as payment.window_days=90 or redeemed_on=2021-06-30."
            );
        }
    }
}
