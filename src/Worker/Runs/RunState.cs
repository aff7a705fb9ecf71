using System.Text.Json;
using System.Text.Json.Serialization;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Where a run is and what it added up so far: what its checkpoint keeps from attempt to attempt.</summary>
internal sealed class RunState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public RunState(Checkpoint checkpoint)
    {
        Phase = checkpoint.Phase;
        LastKey = checkpoint.LastKey;
        Tally = JsonSerializer.Deserialize<Tally>(checkpoint.Counters, Json)!;
        Totals = IsEmpty(checkpoint.Totals)
            ? new()
            : new(JsonSerializer.Deserialize<TotalsSheet>(checkpoint.Totals, Json)!);
    }

    public RunPhase Phase { get; private set; }

    public string LastKey { get; private set; }

    public Tally Tally { get; }

    public ControlTotals Totals { get; }

    /// <summary>Adds a chunk of a phase, decided after all those before it.</summary>
    public void Add(RunPhase phase, DecidedChunk chunk)
    {
        Phase = phase;
        LastKey = chunk.LastKey;
        Tally.Customers += chunk.Customers;
        Tally.Vouchers += chunk.Vouchers;
        Tally.Add(chunk.Writes);
        Totals.Add(chunk.Totals);
    }

    public Checkpoint ToCheckpoint() =>
        new(
            Phase,
            LastKey,
            JsonSerializer.Serialize(Tally, Json),
            JsonSerializer.Serialize(Totals.Sheet(), Json)
        );

    private static bool IsEmpty(string json) =>
        string.Equals(json, Checkpoint.Start.Totals, StringComparison.Ordinal);
}
