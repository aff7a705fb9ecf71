using System.Text.Json;
using System.Text.Json.Serialization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>How far a partition is and what it added up so far: what its checkpoint keeps, whoever goes on with it.</summary>
internal sealed class RunState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public RunState(Checkpoint checkpoint)
    {
        LastKey = checkpoint.LastKey;
        Tally = JsonSerializer.Deserialize<Tally>(checkpoint.Counters, Json)!;
        Totals = IsEmpty(checkpoint.Totals)
            ? new()
            : new(JsonSerializer.Deserialize<TotalsSheet>(checkpoint.Totals, Json)!);
    }

    public string LastKey { get; private set; }

    public Tally Tally { get; }

    public ControlTotals Totals { get; }

    /// <summary>What all partitions of a run added up together.</summary>
    public static RunState Of(IEnumerable<RunPartition> partitions)
    {
        var whole = new RunState(Checkpoint.Start);
        foreach (var partition in partitions)
        {
            var part = new RunState(partition.Checkpoint);
            whole.Tally.Add(part.Tally);
            whole.Totals.Add(part.Totals);
        }

        return whole;
    }

    /// <summary>Adds a chunk, decided after all those before it.</summary>
    public void Add(DecidedChunk chunk)
    {
        LastKey = chunk.LastKey;
        Tally.Customers += chunk.Customers;
        Tally.Vouchers += chunk.Vouchers;
        Tally.Partners += chunk.Partners;
        Tally.AddDue(chunk);

        Tally.Add(chunk.Writes);
        Totals.Add(chunk.Totals);
    }

    /// <summary>Corrects what was counted by a customer that had been set aside and is decided now.</summary>
    /// <param name="decided">The customer, decided.</param>
    /// <param name="setAside">What was counted as set aside for it; absent where nothing was.</param>
    public void Correct(DecidedChunk decided, string? setAside)
    {
        Tally.Add(decided.Writes);
        Tally.Quarantined--;
        Totals.Add(decided.Totals);
        if (setAside is not null)
        {
            Totals.SetAside.Subtract(new(JsonSerializer.Deserialize<TotalsSheet>(setAside, Json)!));
        }
    }

    /// <summary>Totals as text, for the quarantine.</summary>
    public static string Text(ControlTotals totals) => JsonSerializer.Serialize(totals.Sheet(), Json);

    public Checkpoint ToCheckpoint() => new(LastKey, JsonSerializer.Serialize(Tally, Json), Text(Totals));

    private static bool IsEmpty(string json) =>
        string.Equals(json, Checkpoint.Start.Totals, StringComparison.Ordinal);
}
