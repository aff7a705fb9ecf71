using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace PlanningServices.Worker.Hosting;

/// <summary>An address at which the service answers, and what it is for.</summary>
/// <param name="What">What is served there, such as <c>console</c>.</param>
/// <param name="Url">As it is set.</param>
/// <param name="Option">The option that sets it.</param>
internal sealed record WebAddress(string What, string Url, string Option)
{
    /// <summary>For https; else absent.</summary>
    public X509Certificate2? Certificate { get; init; }

    public IPEndPoint EndPoint { get; } = EndPointOf(Url, "http", "https")!;

    /// <summary>The address and port of a URL; null where it has none to listen at.</summary>
    // Not any name: which addresses a name stands for is not ours to say, and the server takes it for all of them.
    public static IPEndPoint? EndPointOf(string url, params string[] schemes)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri is not { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            || !schemes.Contains(uri.Scheme, StringComparer.Ordinal)
        )
        {
            return null;
        }

        return string.Equals(uri.Host, "localhost", StringComparison.Ordinal)
                ? new(IPAddress.Loopback, uri.Port)
            : IPAddress.TryParse(uri.Host, out var address) ? new(address, uri.Port)
            : null;
    }
}
