using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>
/// Facts whose ids are all texts of a few characters, the shortest first: each is next to those that begin with it. What is
/// decided does not depend on the database, on how it compares, or on where chunks end.
/// </summary>
public sealed class When_ids_are_prefixes_of_each_other : IDisposable
{
    private const string Characters = "-.0A_a";

    private static readonly DateOnly[] Nights = [new(2020, 6, 30), new(2021, 3, 31)];

    private readonly World expected = new();
    private readonly string folder;

    public When_ids_are_prefixes_of_each_other()
    {
        folder = expected.FolderOf(customers: 14, seed: 7);
        Rename(folder);
        expected.Import(folder);
        expected.Options.ChunkSize = 1000;
    }

    [Theory]
    [InlineData(Provider.Sqlite, false, 1)]
    [InlineData(Provider.Sqlite, false, 2)]
    [InlineData(Provider.Sqlite, true, 1)]
    [InlineData(Provider.Sqlite, true, 2)]
    [InlineData(Provider.Sqlite, true, 3)]
    [InlineData(Provider.Postgres, false, 1)]
    [InlineData(Provider.Postgres, false, 2)]
    [InlineData(Provider.Postgres, false, 3)]
    [InlineData(Provider.SqlServer, false, 1)]
    public async Task The_same_is_decided_and_written_once(object provider, bool padded, int chunkSize)
    {
        using var world = new World((Provider)provider, migrate: !padded);
        if (padded)
        {
            PaddedSqlite.Migrate(world.Temp);
        }

        world.Import(folder);
        (world.Options.ChunkSize, world.Options.Partitions) = (chunkSize, 4);
        foreach (var night in Nights)
        {
            var tried = await world.TryAsync(night, RunMode.DryRun);
            var report = await world.RunAsync(night);

            Assert.Equal(RunStatus.Completed, (await expected.RunAsync(night)).Status);
            Assert.Equal(RunStatus.Completed, report.Status);
            Assert.Equal(14, report.Tally.Customers);
            Assert.Equal(14, tried.Tally.Customers);
        }

        Assert.Equal(expected.Decisions(), world.Decisions());
        Assert.Equal(expected.History(), world.History());
        Assert.Equal(expected.Ledger(), world.Ledger());
    }

    public void Dispose() => expected.Dispose();

    /// <summary>Gives every id another, the same wherever it occurs.</summary>
    private static void Rename(string folder)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllLines(file);
            var columns = lines[0].Split(',');
            for (var i = 1; i < lines.Length; i++)
            {
                var fields = lines[i].Split(',');
                for (var column = 0; column < columns.Length; column++)
                {
                    if (columns[column].EndsWith("_id", StringComparison.Ordinal))
                    {
                        if (!names.TryGetValue(fields[column], out var name))
                        {
                            names.Add(fields[column], name = Name(names.Count));
                        }

                        fields[column] = name;
                    }
                }

                lines[i] = string.Join(',', fields);
            }

            File.WriteAllLines(file, lines);
        }
    }

    /// <summary>The text of that number: -, ., 0, A, _, a, --, -., -0 and so on.</summary>
    private static string Name(int number)
    {
        var name = "";
        for (; number > 0; number = (number - 1) / Characters.Length)
        {
            name = Characters[(number - 1) % Characters.Length] + name;
        }

        return name;
    }
}
