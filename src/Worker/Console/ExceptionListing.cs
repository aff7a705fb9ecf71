using Microsoft.AspNetCore.Http;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>Which exceptions the address of their list asks for.</summary>
internal static class ExceptionListing
{
    /// <summary>The night, and which of its exceptions are asked for.</summary>
    /// <exception cref="PlanningException">A value is not understood, or no such night is completed.</exception>
    public static (FinanceNight Night, ExceptionFilter Filter) Of(
        IQueryCollection query,
        FinanceDesk finance
    ) =>
        (
            finance.Night(Say.DateFrom(query["as-of"], "business date")),
            new()
            {
                Kind = WordFrom<ExceptionKind>(query["kind"], "kind"),
                IsOfAnyState = query["state"] == "all",
                State = query["state"] == "all" ? null : WordFrom<ExceptionState>(query["state"], "state"),
                Owner = Say.TextFrom(query["owner"]),
                OnlyLate = Say.TextFrom(query["late"]) is not null,
            }
        );

    /// <summary>The place of an exception in their order, as an address has it.</summary>
    public static string KeyOf(FinanceException exception) =>
        $"{(exception.Subject.Type == SubjectType.Payment ? '2' : '1')}{exception.Subject.Id}";

    /// <summary>The place that <see cref="KeyOf"/> says; absent where nothing is said.</summary>
    /// <exception cref="PlanningException">It is none.</exception>
    public static ExceptionKey? After(IQueryCollection query) =>
        Say.TextFrom(query["after"]) switch
        {
            null => null,
            ['1', .. var id] => new(SubjectType.PaymentRequest, id),
            ['2', .. var id] => new(SubjectType.Payment, id),
            var other => throw new PlanningException(
                $"The exception before is '{other}'; it must begin with 1 or 2.",
                ExitCode.Usage
            ),
        };

    private static T? WordFrom<T>(string? text, string name)
        where T : struct, Enum =>
        Say.TextFrom(text) is not { } word ? null
        : Enum.GetNames<T>().Contains(word, StringComparer.Ordinal) ? Enum.Parse<T>(word)
        : throw new PlanningException(
            $"The {name} is '{word}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}.",
            ExitCode.Usage
        );
}
