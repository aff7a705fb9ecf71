using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class When_a_run_stops_after_its_second_chunk : IAsyncLifetime
{
    private readonly World whole = World.OfSamples();
    private readonly World stopped = World.OfSamples();
    private PlanningException interruption = null!;

    public async ValueTask InitializeAsync()
    {
        await whole.RunAsync(World.Midway);
        interruption = await stopped.RunUntilAsync(chunks: 2, World.Midway);
    }

    [Fact]
    public void It_says_how_to_go_on_and_ends_as_interrupted()
    {
        Assert.Equal(ExitCode.Interrupted, interruption.ExitCode);
        Assert.Equal(
            "Run 1 was interrupted after 20 customers; what it had committed stays. To go on: planning runs resume 1",
            interruption.Message
        );
        Assert.Equal(RunStatus.Interrupted, stopped.WithStore(s => s.Runs.Find(1))!.Status);
    }

    [Fact]
    public void Two_chunks_are_committed() =>
        Assert.Equal(
            stopped.Temp.Scalar<string>(
                "SELECT max(customer_id) FROM (SELECT DISTINCT customer_id FROM agreement ORDER BY customer_id LIMIT 20)"
            ),
            stopped.WithStore(s => s.Partitions.Of(1))[0].Checkpoint.LastKey
        );

    [Fact]
    public async Task The_next_attempt_starts_with_the_third()
    {
        stopped.Temp.Execute("DELETE FROM decision");

        await Assert.ThrowsAnyAsync<Exception>(() => stopped.RunAsync(World.Midway.AddDays(1)));
        await stopped.RunAsync(World.Midway);

        var again = stopped.Temp.Scalar<long>(
            "SELECT count(DISTINCT customer_id) FROM decision WHERE customer_id <> '' AND subject_type <> 5"
        );
        Assert.Equal(19, again);
    }

    [Fact]
    public async Task The_finished_run_is_as_if_it_had_never_stopped()
    {
        var report = await stopped.RunAsync(World.Midway);

        Assert.Equal((RunStatus.Completed, 2), (report.Status, report.Attempt));
        Assert.Equal(whole.Decisions(), stopped.Decisions());
        Assert.Equal(whole.History(), stopped.History());
        Assert.Equal(whole.Statuses(), stopped.Statuses());
        Assert.Equal(
            whole.WithStore(s => s.Partitions.Of(1)).Select(p => p.Checkpoint),
            stopped.WithStore(s => s.Partitions.Of(1)).Select(p => p.Checkpoint)
        );
    }

    [Fact]
    public async Task No_days_are_returned_twice()
    {
        await stopped.RunAsync(World.Midway);

        Assert.NotEmpty(stopped.Ledger());
        Assert.Equal(whole.Ledger(), stopped.Ledger());
    }

    [Fact]
    public async Task Another_date_has_to_wait()
    {
        var refused = await Assert.ThrowsAsync<PlanningException>(() =>
            stopped.RunAsync(World.Midway.AddDays(1))
        );

        Assert.Equal(
            "Run 'nightly' for 2020-07-01 has not begun: run 1 'nightly' for 2020-06-30 is interrupted. Bring it to its end with: planning runs resume 1, or give it up with: planning runs abandon 1",
            refused.Message
        );
    }

    [Fact]
    public async Task It_may_be_given_up_and_run_afresh()
    {
        stopped.Runner().Abandon(1);

        var report = await stopped.RunAsync(World.Midway);

        Assert.Equal((2L, RunStatus.Completed), (report.RunId!.Value, report.Status));
        Assert.Equal(whole.Decisions(), stopped.Decisions());
        Assert.Equal(whole.DaysGivenBack(), stopped.DaysGivenBack());
    }

    [Fact]
    public async Task The_next_attempt_decides_under_the_pack_it_began_with()
    {
        var changed = Path.Combine(stopped.Temp.Folder, "changed");
        CopyPack(changed, "value: 180", "value: 10");
        stopped.Policies.Path = changed;

        var report = await stopped.RunAsync(World.Midway);

        Assert.Equal(World.Pack.Hash, report.PackHash);
        Assert.Equal(whole.Decisions(), stopped.Decisions());
    }

    public ValueTask DisposeAsync()
    {
        whole.Dispose();
        stopped.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void CopyPack(string folder, string before, string after)
    {
        foreach (var file in World.Pack.Files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Path == "parameters.yaml" ? Replaced(file.Text) : file.Text);
        }

        string Replaced(string text)
        {
            Assert.Contains(before, text, StringComparison.Ordinal);
            return text.Replace(before, after, StringComparison.Ordinal);
        }
    }
}
