using System.Net;
using PlanningServices.Worker.Hosting;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class HealthOptionsTests
{
    [Fact]
    public void Only_the_machine_itself_is_listened_to_unless_another_address_is_named() =>
        Assert.Equal(
            new IPEndPoint(IPAddress.Loopback, 9464),
            WebAddress.EndPointOf(new HealthOptions().Url, "http")
        );

    [Theory]
    [InlineData("http://127.0.0.1:9464", "127.0.0.1:9464")]
    [InlineData("http://127.0.0.1:9464/", "127.0.0.1:9464")]
    [InlineData("http://localhost:8080", "127.0.0.1:8080")]
    [InlineData("http://LOCALHOST:8080", "127.0.0.1:8080")]
    [InlineData("http://[::1]:8080", "[::1]:8080")]
    [InlineData("http://10.1.2.3", "10.1.2.3:80")]
    [InlineData("http://0.0.0.0:8080", "0.0.0.0:8080")]
    [InlineData("http://[::]:8080", "[::]:8080")]
    public void An_address_is_an_ip_address_and_a_port(string url, string endPoint) =>
        Assert.Equal(endPoint, WebAddress.EndPointOf(url, "http")?.ToString());

    [Theory]
    // Which addresses a name stands for would have to be guessed.
    [InlineData("http://planning.example.com:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    // The pages are where they are.
    [InlineData("http://localhost:8080/health/")]
    [InlineData("http://localhost:8080/?a=b")]
    [InlineData("http://localhost:8080/#a")]
    [InlineData("http://me@localhost:8080")]
    // A certificate is the matter of a proxy.
    [InlineData("https://localhost:8080")]
    [InlineData("localhost:8080")]
    [InlineData("8080")]
    [InlineData(" ")]
    public void Anything_else_is_no_address(string url) => Assert.Null(WebAddress.EndPointOf(url, "http"));
}
