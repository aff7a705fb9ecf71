using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using PlanningServices.Worker;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Hosting;

namespace PlanningServices.Console.Tests;

/// <summary>Where the console is served: on this machine, or with TLS.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:9465")]
    [InlineData("http://localhost:9465")]
    [InlineData("http://[::1]:9465")]
    public void On_this_machine_it_needs_no_certificate(string url) =>
        Assert.NotNull(AddressOf(("Url", url)));

    [Fact]
    public void Without_an_address_there_is_none() => Assert.Null(AddressOf(("Url", "")));

    [Theory]
    [InlineData("http://0.0.0.0:9465")]
    [InlineData("http://192.0.2.7:9465")]
    public void Where_others_reach_it_it_needs_TLS_or_a_proxy(string url)
    {
        var refused = Assert.Throws<PlanningException>(() => AddressOf(("Url", url)));

        Assert.StartsWith(
            $"The console is not served at '{url}': other machines can reach that address",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.NotNull(AddressOf(("Url", url), ("BehindProxy", "true")));
    }

    [Fact]
    public void With_a_certificate_it_is_served_anywhere()
    {
        var folder = Directory.CreateTempSubdirectory("planning-certificate-").FullName;
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest(
            "CN=console",
            key,
            HashAlgorithmName.SHA256
        ).CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path.Combine(folder, "c.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "k.pem"), key.ExportPkcs8PrivateKeyPem());

        var address = AddressOf(
            ("Url", "https://0.0.0.0:9465"),
            ("Certificate", Path.Combine(folder, "c.pem")),
            ("CertificateKey", Path.Combine(folder, "k.pem"))
        );
        Directory.Delete(folder, recursive: true);

        Assert.True(address!.Certificate!.HasPrivateKey);
    }

    [Fact]
    public void A_certificate_that_is_not_there_is_said() =>
        Assert.StartsWith(
            "The console at 'https://0.0.0.0:9465' needs a certificate: Console:Certificate is 'none.pem' and Console:CertificateKey is ''",
            Assert
                .Throws<PlanningException>(() =>
                    AddressOf(("Url", "https://0.0.0.0:9465"), ("Certificate", "none.pem"))
                )
                .Message,
            StringComparison.Ordinal
        );

    private static WebAddress? AddressOf(params (string Name, string Value)[] settings) =>
        new ConsoleSite().AddressIn(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(s => KeyValuePair.Create($"Console:{s.Name}", (string?)s.Value))
                )
                .Build()
        );
}
