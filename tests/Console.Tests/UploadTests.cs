using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Console.Tests;

/// <summary>Packs that authors send, and what is sent instead of them.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class UploadTests(ConsoleServer server)
{
    private const string Parameters = "my-pack/parameters.yaml";

    private static readonly string Shipped = Path.Combine(
        AppContext.BaseDirectory,
        "policies",
        "planning-services"
    );

    [Fact]
    public async Task A_pack_becomes_a_draft_is_simulated_and_published()
    {
        var author = await server.AsAsync(Roles.Author);
        using var sent = await SendAsync(author, ZipOf(ShippedFiles("window_days:")));
        var draft = sent.Headers.Location!.OriginalString;
        Assert.StartsWith("/policies/drafts/", draft, StringComparison.Ordinal);

        // A draft has an address that can be sent; who may not publish it sees no button.
        var page = WebUtility.HtmlDecode(await author.ReadAsync(draft));
        Assert.Contains("payment.window_days: 60 → 61", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Publish ",
            await (await server.AsAsync(Roles.Viewer)).ReadAsync(draft),
            StringComparison.Ordinal
        );

        using var simulated = await author.PostAsync(
            "/policies/simulate",
            ("pack", draft["/policies/drafts/".Length..]),
            ("asOf", "2021-07-01")
        );
        var simulation = simulated.Headers.Location!.OriginalString;
        var result = await author.ReadAsync(simulation);
        for (var i = 0; i < 100 && !result.Contains("Money and days", StringComparison.Ordinal); i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            result = await author.ReadAsync(simulation);
        }

        Assert.Contains("with another outcome", result, StringComparison.Ordinal);

        using var published = await author.PostAsync($"{draft}/publish");
        Assert.Matches("^/policies/[0-9a-f]{64}$", published.Headers.Location!.OriginalString);
        var entry = server.Get<PolicyLifeCycle>().Read().Entries[^1];
        Assert.Equal(
            (PolicyAction.Published, "the.author", "the.author@console"),
            (entry.Action, entry.By, entry.Account)
        );
        using var twice = await author.PostAsync($"{draft}/publish");
        Assert.Equal(HttpStatusCode.Found, twice.StatusCode);
        Assert.Equal(entry, server.Get<PolicyLifeCycle>().Read().Entries[^1]);
        Assert.Contains(
            "The packs say the same.",
            await author.ReadAsync(
                $"/policies/compare?old={entry.PackHash}&new={draft["/policies/drafts/".Length..]}"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Faults_are_shown_in_their_place()
    {
        var files = ShippedFiles("");
        files[Parameters] = Bytes(
            Encoding
                .UTF8.GetString(files[Parameters])
                .Replace("window_days:", "window_dayz:", StringComparison.Ordinal)
        );
        files["my-pack/rates.csv"] = [0xFF, 0xFE, 0x00];

        using var answer = await SendAsync(await server.AsAsync(Roles.Author), ZipOf(files));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await TextOfAsync(answer));
        Assert.Contains("<h2>my-pack/parameters.yaml</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<strong>line [0-9]+(, column [0-9]+)?</strong>", page);
        Assert.Contains("window_dayz:", page, StringComparison.Ordinal);
        Assert.Contains("the file is not UTF-8 text", page, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused { get; } =
        new()
        {
            { "no zip", "not a zip file" },
            { "empty", "not a zip file" },
            { "half a zip", "not a zip file" },
            { "../parameters.yaml", "does not lie inside it" },
            { "my-pack/../../parameters.yaml", "does not lie inside it" },
            { "/etc/parameters.yaml", "does not lie inside it" },
            { "C:/parameters.yaml", "does not lie inside it" },
            { "my-pack\\..\\..\\parameters.yaml", "does not lie inside it" },
            { "my-pack//parameters.yaml", "does not lie inside it" },
            { "a link", "is a symbolic link" },
            { "twice", "twice" },
            { "many entries", "entries, and at most" },
            { "a bomb", "times as large as it is sent" },
            { "too much", "is too large" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_pack_is_refused_and_leaves_nothing(string what, string says)
    {
        var before = server.Get<DraftPacks>().List().Count;
        using var answer = await SendAsync(await server.AsAsync(Roles.Author), Hostile(what));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(await TextOfAsync(answer)), StringComparison.Ordinal);
        Assert.Equal(before, server.Get<DraftPacks>().List().Count);
        Assert.StartsWith(
            "Refused: ",
            server.Get<ActionLog>().Read(long.MaxValue, 1).Single().Result,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_hundred_megabytes_are_refused_before_they_are_read()
    {
        using var content = new StreamContent(new ZeroStream(100_000_000));
        using var form = new MultipartFormDataContent { { content, "pack", "pack.zip" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/policies/upload") { Content = form };
        request.Headers.ExpectContinue = true;

        using var answer = await (await server.AsAsync(Roles.Author)).SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_pack_without_the_token_of_its_author_is_not_read()
    {
        using var form = FormOf(ZipOf(ShippedFiles("")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/policies/upload") { Content = form };

        using var answer = await (await server.AsAsync(Roles.Author)).SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/policies/drafts/none", 404, "There is no such draft.")]
    [InlineData("/policies/simulations/999", 404, "There is no simulation 999.")]
    [InlineData("/policies/compare?old=123456&new=654321", 404, "There is no draft and no policy pack")]
    public async Task What_there_is_not_is_said_in_a_line(string path, int status, string says) =>
        Assert.Contains(
            says,
            await (await server.AsAsync(Roles.Author)).ReadAsync(path, (HttpStatusCode)status),
            StringComparison.Ordinal
        );

    private static byte[] Hostile(string what) =>
        what switch
        {
            "no zip" => Bytes("parameters: []"),
            "empty" => [],
            "half a zip" => ZipOf(ShippedFiles(""))[..2000],
            "a link" => Zip(zip =>
                Add(zip, Parameters, Bytes("/etc/passwd")).ExternalAttributes = unchecked((int)0xA1FF0000)
            ),
            "twice" => Zip(zip =>
            {
                Add(zip, Parameters, Bytes("a: 1"));
                Add(zip, Parameters, Bytes("a: 2"));
            }),
            "many entries" => Zip(zip =>
            {
                for (var i = 0; i < 501; i++)
                {
                    Add(zip, FormattableString.Invariant($"my-pack/scenarios/{i}.yaml"), []);
                }
            }),
            "a bomb" => Zip(zip => Add(zip, Parameters, new byte[4_000_000])),
            // Text that is not worth more than a fiftieth, in many files.
            "too much" => Zip(zip =>
            {
                var text = Bytes(
                    string.Concat(Enumerable.Range(0, 700_000).Select(i => i % 200 == 0 ? $"{i}" : "a"))
                );
                for (var i = 0; i < 40; i++)
                {
                    Add(zip, FormattableString.Invariant($"my-pack/tables/{i}.csv"), text);
                }
            }),
            _ => ZipOf(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [what] = Bytes("a: 1") }),
        };

    internal static async Task<HttpResponseMessage> SendAsync(Visitor author, byte[] zip)
    {
        using var form = FormOf(zip);
        using var token = new StringContent(await author.TokenAsync());
        form.Add(token, "__RequestVerificationToken");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/policies/upload") { Content = form };
        return await author.SendAsync(request);
    }

    private static MultipartFormDataContent FormOf(byte[] zip) =>
        new() { { new ByteArrayContent(zip), "pack", "my-pack.zip" } };

    /// <summary>The shipped pack, with one more day in the newest version of a parameter where one is named.</summary>
    internal static Dictionary<string, byte[]> ShippedFiles(string changed)
    {
        var files = Directory
            .EnumerateFiles(Shipped, "*", SearchOption.AllDirectories)
            .ToDictionary(
                f => $"my-pack/{Path.GetRelativePath(Shipped, f).Replace('\\', '/')}",
                File.ReadAllBytes,
                StringComparer.Ordinal
            );
        if (changed.Length > 0)
        {
            var text = Encoding.UTF8.GetString(files[Parameters]);
            var value = text.IndexOf(
                "value: ",
                text.IndexOf(changed, StringComparison.Ordinal),
                StringComparison.Ordinal
            );
            var end = text.IndexOf('\n', value);
            var days = int.Parse(
                text.AsSpan(value + "value: ".Length, end - value - "value: ".Length),
                CultureInfo.InvariantCulture
            );
            files[Parameters] = Bytes(
                string.Concat(
                    text.AsSpan(0, value),
                    FormattableString.Invariant($"value: {days + 1}"),
                    text.AsSpan(end)
                )
            );
        }

        return files;
    }

    internal static byte[] ZipOf(Dictionary<string, byte[]> files) =>
        Zip(zip =>
        {
            foreach (var (path, bytes) in files)
            {
                Add(zip, path, bytes);
            }
        });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return bytes.ToArray();
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string path, byte[] bytes)
    {
        var entry = zip.CreateEntry(path);
        using var stream = entry.Open();
        stream.Write(bytes);
        return entry;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<string> TextOfAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Nothing but zeros, without holding them.</summary>
    private sealed class ZeroStream(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position
        {
            get => position;
            set => position = value;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => position = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
