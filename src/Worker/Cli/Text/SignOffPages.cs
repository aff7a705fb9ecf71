using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>finance sign-off</c> says.</summary>
internal static class SignOffPages
{
    public static void WritePrepared(TextWriter output, SignOff signOff, IReadOnlyList<SignOffPart> parts)
    {
        var date = signOff.BusinessDate.Text();
        output.WriteLine($"The figures of {date} are prepared: {signOff.ContentHash}");
        WriteParts(output, parts);
        output.WriteLine(
            $"They are signed off once somebody other than {signOff.Prepared.By} approves them: planning finance sign-off approve {date} --by NAME"
        );
    }

    public static string Verified(SignOff signOff) =>
        $"The figures of {signOff.BusinessDate.Text()} are those that {Signers(signOff)} signed, computed again from import {Number(signOff.KnowledgePoint)} and policy pack {signOff.PackHash[..12]}: {signOff.ContentHash}";

    public static void WriteList(TextWriter output, IReadOnlyList<SignOff> all)
    {
        var table = new Table("", "date", "state", "prepared", "approved", "reopened", "because", "hash");
        foreach (var signOff in all)
        {
            table.Add(
                signOff.BusinessDate.Text(),
                signOff.State,
                signOff.Prepared.By,
                signOff.Approved?.By ?? "",
                signOff.Reopened?.By ?? "",
                signOff.Reopened?.Reason ?? "",
                signOff.ContentHash[..12]
            );
        }

        table.WriteTo(output);
        if (table.IsEmpty)
        {
            output.WriteLine("Nothing was signed off yet.");
        }
    }

    public static void WriteShow(
        TextWriter output,
        IReadOnlyList<SignOff> all,
        IReadOnlyList<SignOffPart> parts,
        SignOffAdjustments? adjustments
    )
    {
        var last = all[^1];
        output.WriteLine(
            $"Sign-off of {last.BusinessDate.Text()} (run {Number(last.RunId)}, policy pack {last.PackHash[..12]}, import {Number(last.KnowledgePoint)}): {last.State}"
        );
        output.WriteLine();
        var steps = new Table("  ", "at", "what", "by", "account", "because");
        foreach (var signOff in all)
        {
            Add("prepared", signOff.Prepared);
            Add("approved", signOff.Approved);
            Add("reopened", signOff.Reopened);
        }

        steps.WriteTo(output);
        output.WriteLine();
        output.WriteLine($"  SHA-256 {last.ContentHash}");
        WriteParts(output, parts);
        if (adjustments is not null)
        {
            output.WriteLine();
            Write(output, adjustments);
        }

        void Add(string what, SignOffStep? step)
        {
            if (step is not null)
            {
                steps.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{step.At:yyyy-MM-dd HH:mm}"),
                    what,
                    step.By,
                    step.Account,
                    step.Reason ?? ""
                );
            }
        }
    }

    private static void Write(TextWriter output, SignOffAdjustments adjustments)
    {
        output.WriteLine(
            $"Adjustments since sign-off, known with import {Number(adjustments.KnowledgePoint)}"
        );
        output.WriteLine();
        if (adjustments.AreNone)
        {
            output.WriteLine("  None.");
        }

        var money = new Table(
            "  ",
            "currency",
            "approved",
            "paid as approved",
            "due",
            "paid beyond",
            "matched",
            "unmatched",
            "mismatched"
        )
        {
            Right = [1, 2, 3, 4, 5, 6, 7],
        };
        foreach (var m in adjustments.Money)
        {
            money.Add(
                m.Currency,
                Moved(m.Approved),
                Moved(m.PaidAsApproved),
                Moved(m.Due),
                Moved(m.PaidBeyond),
                Moved(m.Matched),
                Moved(m.Unmatched),
                Moved(m.Mismatched)
            );
        }

        money.WriteTo(output);
        if (!money.IsEmpty && adjustments.Lines.Count > 0)
        {
            output.WriteLine();
        }

        WriteLines(output, adjustments.Lines);
        if (adjustments.Undecided > 0)
        {
            output.WriteLine(
                $"  {adjustments.Undecided.ToString(CultureInfo.InvariantCulture)} customers or partners cannot be decided from the facts known now; theirs are missing here."
            );
        }
    }

    private static void WriteLines(TextWriter output, IReadOnlyList<Adjustment> adjustments)
    {
        var lines = new Table("  ", "subject", "id", "currency", "signed", "now", "approved", "paid", "due")
        {
            Right = [5, 6, 7],
        };
        foreach (var line in adjustments)
        {
            var (signed, now) = (line.Signed, line.Now);
            lines.Add(
                line.Subject.Text(),
                line.SubjectId,
                (now ?? signed)!.Currency,
                signed?.Outcome ?? "-",
                now?.Outcome ?? "-",
                Moved((now?.Approved ?? 0m) - (signed?.Approved ?? 0m)),
                Moved((now?.Paid ?? 0m) - (signed?.Paid ?? 0m)),
                Moved((now?.Due ?? 0m) - (signed?.Due ?? 0m))
            );
        }

        lines.WriteTo(output);
    }

    private static void WriteParts(TextWriter output, IReadOnlyList<SignOffPart> parts)
    {
        var table = new Table("  ") { Right = [1] };
        foreach (var part in parts)
        {
            table.Add(part.Part, Number(part.Lines), part.Hash);
        }

        table.WriteTo(output);
    }

    private static string Signers(SignOff signOff) =>
        signOff.Approved is { } approved ? $"{signOff.Prepared.By} and {approved.By}" : signOff.Prepared.By;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Moved(decimal amount) =>
        amount.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);
}
