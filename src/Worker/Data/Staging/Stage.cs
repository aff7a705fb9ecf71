namespace PlanningServices.Worker.Data.Staging;

/// <summary>A temporary table of a server, filled by the fastest way its driver has.</summary>
internal abstract class Stage : IDisposable
{
    /// <summary>How its creation begins, before the columns.</summary>
    public abstract string Create(string name);

    /// <summary>Its name in statements, for the rows of a fact table.</summary>
    public abstract string NameFor(string table);

    /// <summary>The type of a column.</summary>
    public abstract string TypeOf(FactType type);

    /// <summary>The condition that a row of the table differs from the staged one in some column, absent or not.</summary>
    public abstract string Differs(IEnumerable<string> columns);

    /// <summary>The statement that gives a table's columns the values of staged rows.</summary>
    public abstract string Update(string table, string assignments, string source, string condition);

    /// <summary>Sends a row; it is in the table when it is flushed.</summary>
    public abstract void Add(string table, IReadOnlyList<string> columns, object?[] values);

    /// <summary>Brings the rows that were sent into the table.</summary>
    public abstract void Flush();

    public abstract void Dispose();
}
