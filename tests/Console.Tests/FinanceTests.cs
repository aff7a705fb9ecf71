using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Console.Tests;

/// <summary>What controllers do, each under the name they signed in with, done once and kept.</summary>
[Collection(nameof(ConsoleServer))]
public sealed partial class FinanceTests(ConsoleServer server)
{
    private static readonly DateOnly Night = new(2022, 3, 31);

    [Fact]
    public async Task An_exception_is_assigned_commented_and_accepted_under_the_name_of_the_session()
    {
        var first = await server.AsAsync(Roles.Finance);
        var before = await CountAsync(first);

        await ActAsync(first, "PR-00203", "assign", ("owner", ""));
        await ActAsync(first, "PR-00203", "comment", ("comment", "Asked <b>the</b> partner."));
        await ActAsync(first, "PR-00203", "set", ("state", "waiting"));
        await ActAsync(first, "PR-00203", "accept", ("comment", "They wait."));

        // The count is kept from page to page, and not beyond what people do.
        Assert.Equal(before - 1, await CountAsync(first));
        var page = await first.ReadAsync("/finance/exceptions/PR-00203");
        Assert.Contains("accepted: They wait.", page, StringComparison.Ordinal);
        Assert.Contains("Asked &lt;b&gt;the&lt;/b&gt; partner.", page, StringComparison.Ordinal);
        Assert.Equal(
            [
                (ExceptionVerb.Assigned, "the.finance"),
                (ExceptionVerb.Commented, null),
                (ExceptionVerb.Waiting, null),
                (ExceptionVerb.Accepted, null),
            ],
            Actions("PR-00203").Select(a => (a.Action, a.Owner))
        );
        Assert.All(
            Actions("PR-00203"),
            a => Assert.Equal(("the.finance", "the.finance@console"), (a.By, a.Account))
        );
        Assert.DoesNotContain(
            "PR-00203",
            await first.ReadAsync("/finance/exceptions?kind=PartlyPaid"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "PR-00203",
            await first.ReadAsync("/finance/exceptions?state=Accepted&owner=The.Finance"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "payment_request,PR-00203,PartlyPaid,Accepted,the.finance,They wait.",
            await first.ReadAsync("/finance/exceptions.csv?state=all"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_two_at_one_exception_the_second_is_told()
    {
        var (first, second) = (
            await server.AsAsync(Roles.Finance),
            await server.OfAsync(ConsoleServer.SecondController)
        );
        var revision = await RevisionAsync(first, "PR-00158", "assign");
        var answers = await Task.WhenAll(
            first.PostAsync("/finance/exceptions/PR-00158/assign", ("revision", revision)),
            second.PostAsync("/finance/exceptions/PR-00158/assign", ("revision", revision))
        );

        Assert.Equal(
            [HttpStatusCode.Found, HttpStatusCode.Conflict],
            answers.Select(a => a.StatusCode).Order()
        );
        var told = await TextOfAsync(answers.Single(a => a.StatusCode == HttpStatusCode.Conflict));
        var winner = Assert.Single(Actions("PR-00158"));
        Assert.Contains(
            $"the last thing done about it is 'Assigned' by {winner.By}. Nothing was written.",
            told,
            StringComparison.Ordinal
        );
    }

    [Theory]
    // What a form was asked for is missing, or is none of it.
    [InlineData("PR-00133", "accept", "", "The form does not say which revision was looked at.")]
    [InlineData("PR-00133", "accept", "comment= ", "Say why: it is kept with the exception.")]
    [InlineData("PR-00133", "set", "state=closed", "it must be open, in-work or waiting")]
    [InlineData("PR-00133", "set", "state=open", "PR-00133 is Open already")]
    [InlineData("PR-00133", "delete", "comment=x", "Nothing is called 'delete'")]
    [InlineData("PR-00133", "comment", "comment=one\ntwo", "in one line")]
    [InlineData("PR-00133", "assign", "owner=42", "it must be a person's name")]
    // What is none.
    [InlineData(
        "PR-00001",
        "resolve",
        "comment=x",
        "No payment request or payment 'PR-00001' is or was an exception"
    )]
    [InlineData("%3Cscript%3E", "resolve", "comment=x", "No payment request or payment '<script>' is or was")]
    public async Task What_cannot_be_done_about_an_exception_is_refused_in_a_line(
        string id,
        string action,
        string field,
        string says
    )
    {
        var visitor = await server.AsAsync(Roles.Finance);
        (string, string)[] fields =
            field.Length == 0
                ? []
                :
                [
                    (field.Split('=')[0], field.Split('=')[1]),
                    ("revision", await RevisionAsync(visitor, "PR-00133", "accept")),
                ];

        using var answer = await visitor.PostAsync($"/finance/exceptions/{id}/{action}", fields);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(says, await TextOfAsync(answer), StringComparison.Ordinal);
        Assert.Empty(Actions("PR-00133"));
    }

    [Fact]
    public async Task A_suggestion_is_accepted_with_a_reason_and_taken_back()
    {
        var first = await server.AsAsync(Roles.Finance);
        var suggestions = await first.ReadAsync("/finance/suggestions");
        var form = Regex.Match(
            suggestions,
            "/finance/allocate\\?payment=PM-00141&amp;request=PR-00195&amp;amount=4350.00",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        Assert.Contains(
            "value=\"4350.00\"",
            await first.ReadAsync(WebUtility.HtmlDecode(form.Value)),
            StringComparison.Ordinal
        );

        using var without = await AllocateAsync(first, "PM-00141", "PR-00195", "4350.00", " ");
        Assert.Equal(HttpStatusCode.Conflict, without.StatusCode);
        using var done = await AllocateAsync(first, "PM-00141", "PR-00195", "4350.00", "digits swapped");
        Assert.Equal("/finance/allocations", done.Headers.Location?.OriginalString);
        using var twice = await AllocateAsync(first, "PM-00141", "PR-00195", "4350.00", "digits swapped");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);

        Assert.DoesNotContain(
            "PM-00141",
            await first.ReadAsync("/finance/suggestions"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "digits swapped",
            await first.ReadAsync("/finance/allocations"),
            StringComparison.Ordinal
        );
        using var back = await first.PostAsync(
            "/finance/unallocate",
            ("payment", "PM-00141"),
            ("request", "PR-00195"),
            ("reason", "was another")
        );
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.Equal(
            [AllocationAction.Allocated, AllocationAction.TakenBack],
            Entries("PM-00141").Select(e => e.Action)
        );
        Assert.All(
            Entries("PM-00141"),
            e => Assert.Equal(("the.finance", "the.finance@console"), (e.By, e.Account))
        );
    }

    [Fact]
    public async Task A_rejected_suggestion_is_not_made_again()
    {
        var visitor = await server.AsAsync(Roles.Finance);
        using var without = await RejectAsync(" ");
        using var done = await RejectAsync("the partner sent another invoice");
        using var twice = await RejectAsync("so do I");

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Found, HttpStatusCode.Conflict],
            new[] { without, done, twice }.Select(a => a.StatusCode)
        );
        Assert.Equal("/finance/suggestions", done.Headers.Location?.OriginalString);
        using var store = new Store(server.Database);
        var rejected = Assert.Single(store.Allocations.Rejected(), r => r.PaymentId == "PM-00045");
        Assert.Equal(
            ("PR-00055", "the.finance", "the.finance@console"),
            (rejected.RequestId, rejected.ByName, rejected.ByAccount)
        );
        var suggestions = await visitor.ReadAsync("/finance/suggestions");
        Assert.DoesNotContain("request=PR-00055", suggestions, StringComparison.Ordinal);
        // Another test allocates the payment, and may have done so already.
        Assert.Equal(
            suggestions.Contains("request=PR-00059", StringComparison.Ordinal),
            suggestions.Contains("the partner sent another invoice", StringComparison.Ordinal)
        );

        Task<HttpResponseMessage> RejectAsync(string reason) =>
            visitor.PostAsync(
                "/finance/reject",
                ("payment", "PM-00045"),
                ("request", "PR-00055"),
                ("reason", reason)
            );
    }

    [Fact]
    public async Task Above_the_threshold_a_second_person_confirms()
    {
        var (first, second) = (
            await server.AsAsync(Roles.Finance),
            await server.OfAsync(ConsoleServer.SecondController)
        );
        using var asked = await AllocateAsync(first, "PM-00045", "PR-00059", "16000.00", "same amount");
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        var entry = Entries("PM-00045").Single();
        Assert.Null(entry.ImportId);
        var number = entry.EntryNo.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(
            "the.finance says: allocated",
            await second.ReadAsync($"/finance/confirm?entry={number}"),
            StringComparison.Ordinal
        );

        using var alone = await first.PostAsync("/finance/confirm", ("entry", number));
        using var confirmed = await second.PostAsync("/finance/confirm", ("entry", number));
        using var again = await second.PostAsync("/finance/confirm", ("entry", number));

        Assert.Contains("somebody else must confirm it", await TextOfAsync(alone), StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Found, HttpStatusCode.Conflict],
            new[] { alone, confirmed, again }.Select(a => a.StatusCode)
        );
        Assert.Equal(ConsoleServer.SecondController, Entries("PM-00045")[^1].By);
        Assert.NotNull(Entries("PM-00045")[^1].ImportId);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.001")]
    [InlineData("1,000.00")]
    [InlineData("99999999999999999999999999999999999")]
    [InlineData("<b>")]
    public async Task An_amount_that_is_none_is_refused(string amount)
    {
        using var answer = await AllocateAsync(
            await server.AsAsync(Roles.Finance),
            "PM-00141",
            "PR-00195",
            amount,
            "a test"
        );

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains($"The amount is '{amount}'", await TextOfAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_who_signed_in_sign_figures_off_and_anybody_verifies_them()
    {
        var (first, second) = (
            await server.AsAsync(Roles.Finance),
            await server.OfAsync(ConsoleServer.SecondController)
        );
        var desk = server.Get<SignOffDesk>();
        var options = server.Get<IOptions<FinanceOptions>>().Value;
        options.RequireApproval = Approval.SignedIn;
        try
        {
            Assert.StartsWith(
                "The setting 'Finance:RequireApproval' is SignedIn",
                Assert.Throws<PlanningException>(() => desk.Prepare(Night, "Ana")).Message,
                StringComparison.Ordinal
            );
            Assert.Equal("prepare", await SignAsync(first, "prepare"));
            Assert.Throws<PlanningException>(() => desk.Approve(Night, "Ben"));
            Assert.Contains(
                "the.finance prepared the figures",
                await SignAsync(first, "approve"),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "others than those",
                await SignAsync(second, "approve", "another"),
                StringComparison.Ordinal
            );
            Assert.Equal("approve", await SignAsync(second, "approve"));
            Assert.Contains(
                "are signed off already",
                await SignAsync(second, "approve"),
                StringComparison.Ordinal
            );

            using var verified = await second.PostAsync("/finance/sign-offs/2022-03-31/verify");
            Assert.Contains(
                desk.List()[^1].ContentHash,
                await TextOfAsync(verified),
                StringComparison.Ordinal
            );
            var signed = desk.List()[^1];
            Assert.Equal(
                ("the.finance@console", "the.second@console"),
                (signed.Prepared.Account, signed.Approved!.Account)
            );
            Assert.Contains(
                "the.second approved them",
                await first.ReadAsync("/finance/sign-offs/of?date=2022-03-31"),
                StringComparison.Ordinal
            );
            await first.ReadAsync("/finance/sign-offs/2022-03-31/adjustments");
        }
        finally
        {
            options.RequireApproval = Approval.SecondPerson;
            await ReopenAsync(first);
        }
    }

    [Fact]
    public async Task Figures_that_somebody_prepared_unsigned_are_approved_by_nobody_where_both_must_sign_in()
    {
        var desk = server.Get<SignOffDesk>();
        desk.Prepare(Night, "Ana");
        var options = server.Get<IOptions<FinanceOptions>>().Value;
        options.RequireApproval = Approval.SignedIn;
        try
        {
            Assert.Contains(
                "Ana had not signed in to prepare the figures of 2022-03-31",
                await SignAsync(await server.OfAsync(ConsoleServer.SecondController), "approve"),
                StringComparison.Ordinal
            );
        }
        finally
        {
            options.RequireApproval = Approval.SecondPerson;
            desk.Reopen(Night, "Ana", "only tried");
        }
    }

    [Fact]
    public async Task An_author_activates_a_pack_and_an_approver_approves_it_both_signed_in()
    {
        var packs = server.Get<PolicyLifeCycle>();
        var pack = PolicyPackReader.Read(
            Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
        );
        packs.Publish(pack, "Somebody");
        var author = await server.AsAsync(Roles.Author);
        var options = server.Get<IOptions<PoliciesOptions>>().Value;
        options.RequireApproval = Approval.SignedIn;
        try
        {
            Assert.StartsWith(
                "The setting 'Policies:RequireApproval' is SignedIn",
                Assert
                    .Throws<PlanningException>(() => packs.Activate(pack.Hash, new(2031, 1, 1), "Ana"))
                    .Message,
                StringComparison.Ordinal
            );
            using var activated = await author.PostAsync(
                "/policies/activate",
                ("hash", pack.Hash),
                ("from", "2031-01-01")
            );
            Assert.Equal(HttpStatusCode.Found, activated.StatusCode);
            Assert.Null(packs.Read().On(new(2031, 1, 1)));
            Assert.Throws<PlanningException>(() => packs.Approve(pack.Hash, "Ben"));
            using var approved = await (await server.AsAsync(Roles.Approver)).PostAsync(
                "/policies/approve",
                ("hash", pack.Hash)
            );
            Assert.Equal("/policies", approved.Headers.Location?.OriginalString);
            Assert.Equal("the.approver@console", packs.Read().On(new(2031, 1, 1))?.Approval?.Account);
        }
        finally
        {
            options.RequireApproval = Approval.No;
            using var rolledBack = await author.PostAsync("/policies/roll-back");
            Assert.Equal(HttpStatusCode.Found, rolledBack.StatusCode);
        }
    }

    [Theory]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("html", "text/html")]
    public async Task The_workbook_is_a_file_and_leaves_none_behind(string form, string type)
    {
        using var answer = await (await server.AsAsync(Roles.Finance)).GetAsync(
            $"/finance/workbook.{form}?as-of=2022-03-31&since=2021-07-01"
        );
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"workbook-2022-03-31.{form}", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(form == "xlsx" ? "PK"u8 : "<!"u8, bytes.AsSpan(0, 2));
        for (var i = 0; i < 50 && Folders().Length > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Empty(Folders());

        static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "planning-workbook-*");
    }

    [Theory]
    [InlineData("/finance/workbook.xlsx?as-of=2022-03-31&since=2022-03-31", "must be the earlier")]
    [InlineData("/finance/workbook.html?as-of=2021-01-01", "No nightly run for 2021-01-01 is completed")]
    [InlineData(
        "/finance/exceptions?kind=%3Cscript%3E",
        "The kind is '<script>'; it must be one of PaidNotApproved"
    )]
    [InlineData("/finance/exceptions?state=gone", "The state is 'gone'")]
    [InlineData("/finance/exceptions/%3Cscript%3E", "No payment request or payment '<script>' is or was")]
    [InlineData("/finance/exceptions/PR-00195/delete", "Nothing is called 'delete'")]
    [InlineData("/finance/requests/%3Cscript%3E", "No payment request has the id '<script>'")]
    [InlineData("/finance/sign-offs/%3Cscript%3E", "The business date is '<script>'")]
    [InlineData("/finance/sign-offs/2022-03-31/delete", "Nothing is called 'delete'")]
    [InlineData("/finance/sign-offs/of", "The business date is missing.")]
    [InlineData("/finance/confirm?entry=%3Cscript%3E", "The entry is '<script>'")]
    [InlineData("/finance/allocate?payment=%22%3E%3Cscript%3E", "\"><script>")]
    public async Task What_there_is_not_is_said_in_a_line_and_markup_is_text(string path, string says)
    {
        using var answer = await (await server.AsAsync(Roles.Finance)).GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains(says, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            path.StartsWith("/finance/allocate", StringComparison.Ordinal),
            answer.StatusCode == HttpStatusCode.OK
        );
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Theory]
    [InlineData("/finance/exceptions/PR-00133/accept")]
    [InlineData("/finance/allocate")]
    [InlineData("/finance/reject")]
    [InlineData("/finance/sign-offs/2022-03-31/prepare")]
    public async Task A_form_of_finance_without_the_token_of_whoever_sends_it_does_nothing(string path)
    {
        var controller = await server.AsAsync(Roles.Finance);
        var others = await (await server.AsAsync(Roles.Author)).TokenAsync();

        using var forged = await controller.PostWithAsync(null, path);
        using var stolen = await controller.PostWithAsync(others, path);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
        Assert.DoesNotContain(server.Get<SignOffDesk>().List(), s => s.IsStanding);
    }

    /// <summary>How many exceptions have to be worked on.</summary>
    private static async Task<int> CountAsync(Visitor visitor) =>
        int.Parse(
            Count().Match(await visitor.ReadAsync("/finance/exceptions")).Groups["count"].Value,
            CultureInfo.InvariantCulture
        );

    private static async Task ActAsync(Visitor visitor, string id, string action, (string, string) field)
    {
        var revision = await RevisionAsync(visitor, id, action);
        using var answer = await visitor.PostAsync(
            $"/finance/exceptions/{id}/{action}",
            field,
            ("revision", revision)
        );
        Assert.Equal($"/finance/exceptions/{id}", answer.Headers.Location?.OriginalString);
    }

    private static async Task<string> RevisionAsync(Visitor visitor, string id, string action) =>
        Revision()
            .Match(await visitor.ReadAsync($"/finance/exceptions/{id}/{action}"))
            .Groups["revision"]
            .Value;

    private static async Task ReopenAsync(Visitor visitor)
    {
        using var withoutReason = await visitor.PostAsync("/finance/sign-offs/2022-03-31/reopen");
        Assert.Equal(HttpStatusCode.Conflict, withoutReason.StatusCode);
        using var reopened = await visitor.PostAsync(
            "/finance/sign-offs/2022-03-31/reopen",
            ("reason", "only tried")
        );
        Assert.Equal(HttpStatusCode.Found, reopened.StatusCode);
    }

    /// <summary>What a controller does with the sign-off, or how it is refused.</summary>
    private async Task<string> SignAsync(Visitor visitor, string action, string? hash = null)
    {
        var standing = server.Get<SignOffDesk>().List().LastOrDefault(s => s.IsStanding);
        await visitor.ReadAsync($"/finance/sign-offs/2022-03-31/{action}");
        using var answer = await visitor.PostAsync(
            $"/finance/sign-offs/2022-03-31/{action}",
            ("hash", hash ?? standing?.ContentHash ?? "")
        );
        return answer.StatusCode == HttpStatusCode.Found ? action : await TextOfAsync(answer);
    }

    private static Task<HttpResponseMessage> AllocateAsync(
        Visitor visitor,
        string payment,
        string request,
        string amount,
        string reason
    ) =>
        visitor.PostAsync(
            "/finance/allocate",
            ("payment", payment),
            ("request", request),
            ("amount", amount),
            ("reason", reason)
        );

    private List<ExceptionAction> Actions(string id)
    {
        using var store = new Store(server.Database);
        return [.. store.Exceptions.Actions().Where(a => a.SubjectId == id)];
    }

    private List<AllocationEntry> Entries(string payment) =>
        [.. server.Get<FinanceDesk>().Entries().Where(e => e.PaymentId == payment)];

    private static async Task<string> TextOfAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex(
        "(?<count>[0-9]+) exceptions, ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Count();

    [GeneratedRegex("name=\"revision\" value=\"(?<revision>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Revision();
}
