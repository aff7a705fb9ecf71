using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlanningServices.Worker.Data;

/// <summary>What is done with a policy pack.</summary>
internal enum PolicyAction
{
    Published,
    Activated,
    Approved,
    RolledBack,
}

/// <summary>One entry of the policy log.</summary>
/// <param name="EntryNo">From 1, without gaps.</param>
/// <param name="Action">What was done.</param>
/// <param name="PackHash">With which pack.</param>
/// <param name="TextHash">Of a publication: the hash over all files of the pack; else absent.</param>
/// <param name="From">
/// Of an activation: the first business date it is for; of a rollback: the first it is no longer for; else absent.
/// </param>
/// <param name="Activation">Of an approval and a rollback: the entry of the activation; else absent.</param>
/// <param name="NeedsApproval">Of an activation: whether it holds only once somebody else approved it.</param>
/// <param name="By">Who did it, as they named themselves.</param>
/// <param name="Account">The account of the operating system, as user@host; absent in entries of before it was kept.</param>
/// <param name="At">When.</param>
/// <param name="PreviousHash">The hash of the entry before.</param>
/// <param name="EntryHash">The hash of this entry: of all the above.</param>
internal sealed record PolicyLogEntry(
    int EntryNo,
    PolicyAction Action,
    string PackHash,
    string? TextHash,
    DateOnly? From,
    int? Activation,
    bool NeedsApproval,
    string By,
    string? Account,
    DateTimeOffset At,
    string PreviousHash,
    string EntryHash
)
{
    /// <summary>The hash before the first entry.</summary>
    public static string Beginning { get; } = new('0', 64);

    /// <summary>The entry with its hash.</summary>
    public PolicyLogEntry Sealed() => this with { EntryHash = HashOfContent() };

    /// <summary>SHA-256, in lower-case hexadecimal, over everything but the hash itself, a line each.</summary>
    public string HashOfContent()
    {
        string?[] lines =
        [
            PreviousHash,
            EntryNo.ToString(CultureInfo.InvariantCulture),
            PolicyLogStore.Text(Action),
            PackHash,
            TextHash,
            From is { } date ? SqlText.Of(date) : null,
            Activation?.ToString(CultureInfo.InvariantCulture),
            NeedsApproval ? "needs approval" : null,
            By,
            SqlText.Of(At),
        ];
        var content = string.Join('\n', Account is null ? lines : [.. lines, Account]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}
