using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>
/// A prepared statement of the hot loops, used again and again, without an object for each row. Everything else goes
/// through Dapper.
/// </summary>
internal abstract class Statement : IDisposable
{
    /// <summary>Gives a parameter a text; null where it is absent.</summary>
    public abstract void Bind(string parameter, string? text);

    public abstract void Bind(string parameter, long number);

    public abstract void Bind(string parameter, DateOnly date);

    /// <summary>Runs it to its end and returns how many rows it changed.</summary>
    public abstract int Execute();

    /// <summary>Goes to the next row; after the last the statement is ready to be bound again.</summary>
    public abstract bool Read();

    /// <summary>Stops reading before the last row.</summary>
    public abstract void Reset();

    public abstract bool IsNull(int column);

    public abstract long Number(int column);

    public abstract int Int(int column);

    public abstract string Text(int column);

    /// <summary>A text of which few different ones come, one after another or again and again.</summary>
    public abstract string RepeatedText(int column);

    public abstract decimal Money(int column);

    public abstract DateOnly Date(int column);

    public abstract DateOnly? OptionalDate(int column);

    public abstract bool TextEquals(int column, string text);

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    public string? OptionalRepeatedText(int column) => IsNull(column) ? null : RepeatedText(column);

    public VoucherStatus? OptionalStatus(int column) =>
        IsNull(column) ? null : Enum.Parse<VoucherStatus>(RepeatedText(column));

    public abstract void Dispose();
}
