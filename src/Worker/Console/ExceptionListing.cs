using Microsoft.AspNetCore.Http;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>Which exceptions the address of their list asks for.</summary>
internal static class ExceptionListing
{
    /// <summary>The night, and its exceptions that are asked for; those that have to be worked on, unless a state is named.</summary>
    /// <exception cref="PlanningException">A value is not understood, or no such night is completed.</exception>
    public static (FinanceNight Night, IEnumerable<FinanceException> Exceptions) Of(
        IQueryCollection query,
        FinanceDesk finance,
        ExceptionDesk desk
    )
    {
        var night = finance.Night(Say.DateFrom(query["as-of"], "business date"));
        var kind = WordFrom<ExceptionKind>(query["kind"], "kind");
        var isAll = query["state"] == "all";
        var state = isAll ? null : WordFrom<ExceptionState>(query["state"], "state");
        var owner = Say.TextFrom(query["owner"]);
        var onlyLate = Say.TextFrom(query["late"]) is not null;
        return (
            night,
            desk.List(night)
                .Where(e => kind is null || e.Kind == kind)
                .Where(e => state is null ? isAll || ExceptionWork.IsToDoIn(e.State) : e.State == state)
                .Where(e => owner is null || (e.Owner is { } name && Person.IsSame(name, owner)))
                .Where(e => e.IsLate || !onlyLate)
        );
    }

    /// <summary>The place of an exception in their order: requests, then payments, each by their ids.</summary>
    public static string KeyOf(FinanceException exception) =>
        $"{(exception.Subject.Type == SubjectType.Payment ? '2' : '1')}{exception.Subject.Id}";

    private static T? WordFrom<T>(string? text, string name)
        where T : struct, Enum =>
        Say.TextFrom(text) is not { } word ? null
        : Enum.GetNames<T>().Contains(word, StringComparer.Ordinal) ? Enum.Parse<T>(word)
        : throw new PlanningException(
            $"The {name} is '{word}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}.",
            ExitCode.Usage
        );
}
