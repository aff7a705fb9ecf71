using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PlanningServices.Console.Tests;

/// <summary>Somebody with a browser that runs no script: pages, forms and cookies, and no redirect is followed unasked.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;

    public Visitor(Uri url, IPAddress from)
    {
        Address = from.ToString();
        http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                CookieContainer = Cookies,
                ConnectCallback = async (context, cancellationToken) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = url,
        };
    }

    /// <summary>Where it comes from.</summary>
    public string Address { get; }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) =>
        http.GetAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        http.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>The text of a page, which must come.</summary>
    public async Task<string> ReadAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode}\n{text}");
        return text;
    }

    /// <summary>Sends a form with the token that the console gives to whoever is signed in.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string path,
        params (string Name, string Value)[] fields
    ) => await PostWithAsync(await TokenAsync(), path, fields);

    /// <summary>Sends a form with a token, or without one.</summary>
    public async Task<HttpResponseMessage> PostWithAsync(
        string? token,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new FormUrlEncodedContent([
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
            .. token is null ? [] : new[] { KeyValuePair.Create("__RequestVerificationToken", token) },
        ]);
        return await http.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    public async Task<string> TokenAsync() =>
        Token().Match(await ReadAsync("/sign-in")).Groups["token"].Value;

    public async Task SignInAsync(string name, string password)
    {
        using var answer = await PostAsync("/sign-in", ("name", name), ("password", password));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex(
        "__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Token();
}
