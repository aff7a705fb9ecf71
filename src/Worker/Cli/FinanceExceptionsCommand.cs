using System.CommandLine;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning finance exceptions</c>: what somebody must look at, and the work on it.</summary>
internal static class FinanceExceptionsCommand
{
    private static readonly (string Word, ExceptionVerb Verb)[] States =
    [
        ("open", ExceptionVerb.Open),
        ("in-work", ExceptionVerb.InWork),
        ("waiting", ExceptionVerb.Waiting),
    ];

    public static Verb Create()
    {
        var verb = new Verb(
            "exceptions",
            "The payment requests and payments that somebody must look at, and the work on them.",
            "planning finance exceptions list --late",
            "planning finance exceptions show PR-00195",
            "planning finance exceptions accept PR-00195 --by Ana --reason 'The partner agreed to wait.'"
        );
        verb.Subcommands.Add(CreateList());
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateAssign());
        verb.Subcommands.Add(CreateComment());
        verb.Subcommands.Add(CreateSet());
        verb.Subcommands.Add(
            CreateEnd(
                "accept",
                "Say that an exception may stay as it is, and why.",
                ExceptionVerb.Accepted,
                isReasonRequired: true
            )
        );
        verb.Subcommands.Add(
            CreateEnd(
                "resolve",
                "Say that the next night will not find an exception any more. If it does, it is open again.",
                ExceptionVerb.Resolved,
                isReasonRequired: false
            )
        );
        return verb;
    }

    private static Verb CreateList()
    {
        var asOf = FinanceCommand.AsOf();
        var owner = Text("--owner", "name", "Only those of one person.");
        var kind = Text("--kind", "kind", $"Only those of one kind: {Names<ExceptionKind>()}.");
        kind.OneOf(Enum.GetNames<ExceptionKind>());
        var state = Text(
            "--state",
            "state",
            $"Only those in one state: {Names<ExceptionState>()} (default: those that have to be worked on)."
        );
        state.OneOf(Enum.GetNames<ExceptionState>());
        var late = new Option<bool>("--late") { Description = "Only those that should have been settled." };
        var all = new Option<bool>("--all") { Description = "Also those that are accepted or resolved." };
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "list",
            "The exceptions of a night, with owner, state, age and due date.",
            "planning finance exceptions list --as-of 2021-03-31",
            "planning finance exceptions list --owner Ana --late",
            "planning finance exceptions list --state accepted --format csv"
        )
        {
            asOf,
            owner,
            kind,
            state,
            late,
            all,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var (desk, night) = Open(invocation, asOf);
            var parsed = invocation.Parsed;
            ExceptionText.Write(
                invocation.Out,
                parsed.GetValue(format),
                night,
                [
                    .. desk.List(
                        night,
                        new()
                        {
                            Kind = Of<ExceptionKind>(parsed.GetValue(kind)),
                            State = Of<ExceptionState>(parsed.GetValue(state)),
                            IsOfAnyState = parsed.GetValue(all),
                            Owner = parsed.GetValue(owner),
                            OnlyLate = parsed.GetValue(late),
                        }
                    ),
                ]
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateShow()
    {
        var (id, isPayment, asOf) = (Id(), IsPayment(), FinanceCommand.AsOf());
        var format = Formats.Option();
        var verb = new Verb(
            "show",
            "One exception with its explanation, and what people did about it.",
            "planning finance exceptions show PR-00195"
        )
        {
            id,
            isPayment,
            asOf,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var (desk, night) = Open(invocation, asOf);
            var (exception, actions) = desk.Show(
                night,
                invocation.Parsed.GetRequiredValue(id),
                invocation.Parsed.GetValue(isPayment)
            );
            ExceptionText.Write(
                invocation.Out,
                invocation.Parsed.GetValue(format),
                night,
                exception,
                actions
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateAssign()
    {
        var to = new Option<string>("--to")
        {
            HelpName = "name",
            Description = "Who is to work on it (default: who assigns it).",
        };
        var deed = new Deed();
        var verb = new Verb(
            "assign",
            "Give an exception to somebody.",
            "planning finance exceptions assign PR-00195 --to Ben --by Ana"
        )
        {
            to,
        };
        deed.AddTo(verb);
        verb.SetHandler(invocation =>
            deed.Do(
                invocation,
                ExceptionVerb.Assigned,
                invocation.Parsed.GetValue(to) ?? invocation.Parsed.GetRequiredValue(deed.By),
                null
            )
        );
        return verb;
    }

    private static Verb CreateComment()
    {
        var text = new Argument<string>("text") { Description = "What to say, in one line." };
        var deed = new Deed();
        var verb = new Verb(
            "comment",
            "Say something about an exception.",
            "planning finance exceptions comment PR-00195 'The bank returned it.' --by Ana"
        );
        deed.AddTo(verb);
        verb.Arguments.Add(text);
        verb.SetHandler(invocation =>
            deed.Do(invocation, ExceptionVerb.Commented, null, invocation.Parsed.GetRequiredValue(text))
        );
        return verb;
    }

    private static Verb CreateSet()
    {
        var state = new Argument<string>("state") { Description = "open, in-work or waiting." };
        state.OneOf("state", [.. States.Select(s => s.Word)]);
        var reason = Text("--reason", "text", "Why, or for what; in one line.");
        var deed = new Deed();
        var verb = new Verb(
            "set",
            "Say how far the work on an exception is.",
            "planning finance exceptions set PR-00195 waiting --by Ana --reason 'Asked the partner.'"
        )
        {
            reason,
        };
        deed.AddTo(verb);
        verb.Arguments.Add(state);
        verb.SetHandler(invocation =>
        {
            var word = Spelling.Find(
                invocation.Parsed.GetRequiredValue(state),
                [.. States.Select(s => s.Word)]
            );
            return deed.Do(
                invocation,
                States.Single(s => s.Word == word).Verb,
                null,
                invocation.Parsed.GetValue(reason)
            );
        });
        return verb;
    }

    private static Verb CreateEnd(string name, string description, ExceptionVerb what, bool isReasonRequired)
    {
        var reason = Text("--reason", "text", "Why; in one line.");
        reason.Required = isReasonRequired;
        var deed = new Deed();
        var verb = new Verb(
            name,
            description,
            $"planning finance exceptions {name} PR-00195 --by Ana --reason 'The partner agreed to wait.'"
        )
        {
            reason,
        };
        deed.AddTo(verb);
        verb.SetHandler(invocation => deed.Do(invocation, what, null, invocation.Parsed.GetValue(reason)));
        return verb;
    }

    private static (ExceptionDesk Desk, FinanceNight Night) Open(
        Invocation invocation,
        Option<DateOnly?> asOf
    )
    {
        var (_, night) = FinanceCommand.Open(invocation, asOf);
        return (invocation.Get<ExceptionDesk>(), night);
    }

    private static Argument<string> Id() =>
        new("id") { Description = "The id of the payment request or the payment." };

    private static Option<bool> IsPayment() =>
        new("--payment") { Description = "The id is that of a payment, although a request has it, too." };

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };

    /// <summary>Whether it is what is wanted, in upper or lower case; all are where nothing is.</summary>
    private static T? Of<T>(string? word)
        where T : struct, Enum => word is null ? null : Enum.Parse<T>(word, ignoreCase: true);

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());

    /// <summary>The options of whatever is done about one exception.</summary>
    private sealed class Deed
    {
        private readonly Argument<string> id = Id();
        private readonly Option<bool> isPayment = IsPayment();
        private readonly Option<DateOnly?> asOf = FinanceCommand.AsOf();
        private readonly Option<string?> revision = Text(
            "--revision",
            "number",
            "Only if nothing happened since the list or show that printed this revision."
        );

        public Option<string> By { get; } =
            new("--by")
            {
                HelpName = "NAME",
                Description = "Who does it.",
                Required = true,
            };

        public void AddTo(Command verb)
        {
            verb.Arguments.Add(id);
            foreach (var option in (Option[])[By, isPayment, asOf, revision])
            {
                verb.Options.Add(option);
            }
        }

        public ExitCode Do(Invocation invocation, ExceptionVerb what, string? owner, string? comment)
        {
            var (desk, night) = Open(invocation, asOf);
            var subject = invocation.Parsed.GetRequiredValue(id);
            var now = desk.Do(
                night,
                subject,
                invocation.Parsed.GetValue(isPayment),
                what,
                invocation.Parsed.GetRequiredValue(By),
                owner,
                comment,
                invocation.Parsed.GetValue(revision)
            );
            invocation.Out.WriteLine(ExceptionText.Line(subject, now));
            return ExitCode.Done;
        }
    }
}
