using System.Net;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Console.Tests;

/// <summary>What operators, authors and approvers do, each confirmed, done once and kept.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class ActionTests(ConsoleServer server)
{
    [Fact]
    public async Task An_operator_runs_a_night_and_takes_it_back()
    {
        var anna = await server.AsAsync(Roles.Operator);
        Assert.Contains(
            "2022-03-31; no date before it",
            await anna.ReadAsync("/run"),
            StringComparison.Ordinal
        );

        using var ran = await anna.PostAsync("/runs", ("asOf", "2022-04-01"));
        var run = ran.Headers.Location!.OriginalString;
        var id = run["/runs/".Length..];
        using var again = await anna.PostAsync("/runs", ("asOf", "2022-04-01"));
        Assert.Equal(run, again.Headers.Location!.OriginalString);
        Assert.Contains(
            "completed before; nothing was left to do",
            Latest().Result,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"This takes back run {id}",
            await anna.ReadAsync($"{run}/undo"),
            StringComparison.Ordinal
        );

        using var withoutReason = await anna.PostAsync($"{run}/undo", ("reason", " "));
        Assert.Equal(HttpStatusCode.Conflict, withoutReason.StatusCode);
        using var undone = await anna.PostAsync($"{run}/undo", ("reason", "the <date> was mistyped"));
        Assert.Equal(HttpStatusCode.Found, undone.StatusCode);
        using var twice = await anna.PostAsync($"{run}/undo", ("reason", "once more"));

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Contains(
            "by the.operator: the &lt;date&gt; was mistyped",
            await anna.ReadAsync(run),
            StringComparison.Ordinal
        );
        var kept = server.Get<ActionLog>().Read(long.MaxValue, 2);
        Assert.Equal(
            [
                ("the.operator", "undo", $"run {id}", anna.Address),
                ("the.operator", "undo", $"run {id}", anna.Address),
            ],
            kept.Select(e => (e.UserName, e.Action, e.Subject, e.Address))
        );
        Assert.StartsWith($"Refused: Run {id} ", kept[0].Result, StringComparison.Ordinal);
        Assert.Equal("Undone: the <date> was mistyped", kept[1].Result);
        using var store = new Store(server.Database);
        Assert.Equal(4, store.Runs.LatestCompleted()!.RunId);
    }

    [Theory]
    [InlineData("/runs", "asOf", "2020-01-01", "decisions do not go back")]
    [InlineData("/runs", "asOf", "yesterday", "it must be a day of the calendar")]
    [InlineData("/runs/1/resume", "", "", "has not begun")]
    [InlineData("/runs/1/abandon", "", "", "only a run that is neither completed nor at work can be")]
    [InlineData("/runs/1/undo", "reason", "why not", "only the latest completed run can be")]
    [InlineData("/quarantine/retry", "id", "C-1", "is not in quarantine")]
    public async Task What_cannot_be_done_is_refused_in_a_line(
        string path,
        string name,
        string value,
        string says
    )
    {
        using var answer = await (await server.AsAsync(Roles.Operator)).PostAsync(path, (name, value));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        if (path == "/runs/1/resume")
        {
            // A completed run has nothing left to do, which is no fault.
            Assert.Equal("/runs/1", answer.Headers.Location?.OriginalString);
            return;
        }

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_author_activates_a_pack_and_rolls_it_back_under_the_name_of_the_session()
    {
        var packs = server.Get<PolicyLifeCycle>();
        var pack = PolicyPackReader.Read(
            Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
        );
        packs.Publish(pack, "Somebody");
        var author = await server.AsAsync(Roles.Author);
        Assert.Contains(
            "The first date it can be activated from is 2022-04-01",
            await author.ReadAsync($"/policies/activate?hash={pack.Hash}"),
            StringComparison.Ordinal
        );

        using var tooEarly = await author.PostAsync(
            "/policies/activate",
            ("hash", pack.Hash),
            ("from", "2021-01-01")
        );
        Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);
        using var activated = await author.PostAsync(
            "/policies/activate",
            ("hash", pack.Hash),
            ("from", "2030-01-01")
        );
        Assert.Equal("/policies", activated.Headers.Location!.OriginalString);
        using var approved = await (await server.AsAsync(Roles.Approver)).PostAsync(
            "/policies/approve",
            ("hash", pack.Hash)
        );
        Assert.Equal(HttpStatusCode.Conflict, approved.StatusCode);
        Assert.Contains(
            "2030-01-01",
            await author.ReadAsync("/policies/roll-back"),
            StringComparison.Ordinal
        );
        using var rolledBack = await author.PostAsync("/policies/roll-back");
        Assert.Equal("/policies", rolledBack.Headers.Location!.OriginalString);

        Assert.Equal(
            [
                (PolicyAction.Activated, "the.author", "the.author@console"),
                (PolicyAction.RolledBack, "the.author", "the.author@console"),
            ],
            packs.Read().Entries.TakeLast(2).Select(e => (e.Action, e.By, e.Account))
        );
        Assert.Null(packs.Read().Break());
    }

    [Fact]
    public async Task Two_who_start_the_same_night_start_it_once()
    {
        var anna = await server.AsAsync(Roles.Operator);
        var answers = await Task.WhenAll(
            anna.PostAsync("/runs", ("asOf", "2022-04-02")),
            anna.PostAsync("/runs", ("asOf", "2022-04-02"))
        );
        using var store = new Store(server.Database);
        var run = store.Runs.Find(Job.Nightly.Name, new(2022, 4, 2))!;

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Single(store.Runs.List(), r => r.BusinessDate == run.BusinessDate);
        foreach (var answer in answers)
        {
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Found, HttpStatusCode.Conflict });
            answer.Dispose();
        }

        using var undone = await anna.PostAsync(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/runs/{run.RunId}/undo"),
            ("reason", "a test")
        );
        Assert.Equal(HttpStatusCode.Found, undone.StatusCode);
    }

    private ConsoleLogEntry Latest() => server.Get<ActionLog>().Read(long.MaxValue, 1).Single();
}
