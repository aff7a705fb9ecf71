using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>
/// What the program says when SQL Server is not as it should be: one line, and never a password. There is no SQL Server
/// here, only sockets that behave like what may be in its place.
/// </summary>
public sealed class SqlServerTroubleTests : IDisposable
{
    private const string Secret = "geheim-1234";
    private const string Advice =
        " Check that SQL Server runs there and can be reached, and start again; what was committed stays.";

    private readonly PlanningProcess planning = new();

    [Theory]
    [InlineData("runs")]
    [InlineData("migrate")]
    [InlineData("import", ".")]
    [InlineData("run", "nightly", "--as-of", "2021-03-31")]
    public async Task A_port_on_which_nobody_listens(params string[] verb)
    {
        Use("127.0.0.1,1");
        AssertRefused(
            await planning.RunAsync(verb),
            "Database 'planning on 127.0.0.1,1' does not answer: A network-related or instance-specific error occurred while "
                + "establishing a connection to SQL Server."
                + Advice
        );
    }

    [Fact]
    public async Task A_host_that_is_not_known()
    {
        Use("sql.invalid");
        AssertRefused(
            await planning.RunAsync("runs"),
            "Database 'planning on sql.invalid' does not answer: Name or service not known." + Advice
        );
    }

    [Fact]
    public async Task A_port_that_answers_rubbish()
    {
        using var server = new Listener(async connection =>
        {
            await ReadSomeAsync(connection);
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        Use(server.Address);
        AssertRefused(
            await planning.RunAsync("runs"),
            $"Database 'planning on {server.Address}' does not answer: A connection was successfully established with the server, "
                + "but then an error occurred during the pre-login handshake."
                + Advice
        );
    }

    [Fact]
    public async Task A_port_that_accepts_and_answers_nothing_is_given_up_after_the_connect_timeout()
    {
        using var server = new Listener(_ => Task.Delay(Timeout.Infinite));
        Use(server.Address);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        AssertRefused(
            await planning.RunAsync("runs"),
            $"Database 'planning on {server.Address}' does not answer: Connection Timeout Expired." + Advice
        );
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=localhost",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new Listener(async connection =>
        {
            await using var secure = new SslStream(connection);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ApplicationProtocols = [new("tds/8.0")],
                }
            );
            await ReadSomeAsync(secure);
        });
        Use(server.Address, "Encrypt=Strict");
        var refused = await planning.RunAsync("runs");
        // What is wrong with it is in the words of the machine's TLS library.
        Assert.Matches(
            "^Database 'planning on [0-9.,]+' does not show a certificate that is trusted: .*\\. Install its issuer on this machine, "
                + @"or say in Database:ConnectionString which it is \(ServerCertificate, HostNameInCertificate\)\.$",
            refused.Error.TrimEnd()
        );
        AssertRefused(refused, refused.Error.TrimEnd());
    }

    [Fact]
    public async Task A_password_that_is_wrong()
    {
        using var server = Refusing((18456, "Login failed for user 'ana'."));
        AssertRefused(
            await planning.RunAsync("runs"),
            $"Database 'planning on {server.Address}' refused the user: Login failed for user 'ana'. Check User ID and Password in "
                + "Database:ConnectionString."
        );
    }

    [Fact]
    public async Task A_database_that_does_not_exist()
    {
        using var server = Refusing(
            (4060, "Cannot open database \"planning\" requested by the login. The login failed."),
            (18456, "Login failed for user 'ana'.")
        );
        AssertRefused(
            await planning.RunAsync("migrate"),
            $"Database 'planning on {server.Address}' does not exist, or this user may not use it: Cannot open database \"planning\" "
                + "requested by the login. The login failed. Login failed for user 'ana'. Have it created, then: planning migrate"
        );
    }

    [Fact]
    public async Task The_server_is_told_which_process_of_which_machine_connects()
    {
        using var server = Refusing((18456, "Login failed for user 'ana'."));
        using var process = planning.Start("runs");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // Of a LOGIN7 message: the process id, then where which text is and how long.
        var login = Assert.Single(server.Received);
        Assert.Equal(process.Id, BinaryPrimitives.ReadInt32LittleEndian(login.AsSpan(16)));
        Assert.Equal(Environment.MachineName, Text(36));
        Assert.Equal("planning", Text(48));

        string Text(int at) =>
            Encoding.Unicode.GetString(
                login,
                BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(at)),
                2 * BinaryPrimitives.ReadUInt16LittleEndian(login.AsSpan(at + 2))
            );
    }

    [Fact]
    public async Task A_container_that_asks_for_no_cultures_does_not_keep_the_program_from_connecting()
    {
        planning.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var server = Refusing((18456, "Login failed for user 'ana'."));
        AssertRefused(
            await planning.RunAsync("runs"),
            $"Database 'planning on {server.Address}' refused the user: Login failed for user 'ana'. Check User ID and Password in "
                + "Database:ConnectionString."
        );
    }

    public void Dispose() => planning.Dispose();

    private void Use(string server, string more = "Encrypt=Optional")
    {
        planning.Environment["PLANNING__Database__Provider"] = "SqlServer";
        planning.Environment["PLANNING__Database__ConnectionString"] =
            $"Server={server};Database=planning;User ID=ana;Password={Secret};Connect Timeout=3;{more}";
    }

    private static void AssertRefused(Ended refused, string message)
    {
        refused.Refused(1, message);
        Assert.DoesNotContain('\n', refused.Error.TrimEnd());
        Assert.DoesNotContain(Secret, refused.Error, StringComparison.Ordinal);
    }

    /// <summary>A server that refuses the login, as SQL Server would by its protocol, without encryption.</summary>
    private Listener Refusing(params (int Number, string Text)[] errors)
    {
        var received = new List<byte[]>();
        var server = new Listener(async connection =>
        {
            await ReadMessageAsync(connection);
            // Where the version is, and that it cannot encrypt.
            await WriteMessageAsync(
                connection,
                [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 15, 0, 7, 0xD0, 0, 0, 2]
            );
            received.Add(await ReadMessageAsync(connection));
            await WriteMessageAsync(
                connection,
                [.. errors.SelectMany(e => Error(e.Number, e.Text)), 0xFD, 2, 0, .. new byte[10]]
            );
        })
        {
            Received = received,
        };
        Use(server.Address);
        return server;
    }

    private static byte[] Error(int number, string text)
    {
        using var token = new MemoryStream();
        using var writer = new BinaryWriter(token);
        writer.Write((byte)0xAA);
        writer.Write((ushort)(4 + 1 + 1 + 2 + 2 * text.Length + 1 + 1 + 4));
        writer.Write(number);
        writer.Write((byte)1);
        writer.Write((byte)14);
        writer.Write((ushort)text.Length);
        writer.Write(Encoding.Unicode.GetBytes(text));
        writer.Write((byte)0);
        writer.Write((byte)0);
        writer.Write(1);
        return token.ToArray();
    }

    private static async Task<byte[]> ReadMessageAsync(Stream connection)
    {
        var message = new List<byte>();
        var header = new byte[8];
        do
        {
            await connection.ReadExactlyAsync(header);
            var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await connection.ReadExactlyAsync(packet);
            message.AddRange(packet);
        } while (header[1] != 1);

        return [.. message];
    }

    private static async Task WriteMessageAsync(Stream connection, byte[] message)
    {
        var header = new byte[] { 4, 1, 0, 0, 0, 0, 1, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(header.Length + message.Length));
        await connection.WriteAsync(header.Concat(message).ToArray());
    }

    private static async Task ReadSomeAsync(Stream connection) =>
        _ = await connection.ReadAsync(new byte[4096]);

    /// <summary>A port of this machine on which somebody listens.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> open = [];

        public Listener(Func<Stream, Task> serve)
        {
            listener.Start();
            Address = string.Create(
                CultureInfo.InvariantCulture,
                $"127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port}"
            );
            _ = AcceptAsync(serve);
        }

        public string Address { get; }

        /// <summary>What it noted.</summary>
        public IReadOnlyList<byte[]> Received { get; init; } = [];

        public void Dispose()
        {
            listener.Dispose();
            open.ForEach(c => c.Dispose());
        }

        private async Task AcceptAsync(Func<Stream, Task> serve)
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                open.Add(client);
                _ = ServeAsync(client, serve);
            }
        }

        // What goes wrong here is what the other side is tested for.
        private static async Task ServeAsync(TcpClient client, Func<Stream, Task> serve)
        {
            try
            {
                await serve(client.GetStream());
            }
            catch (Exception e)
                when (e is IOException or System.Security.Authentication.AuthenticationException) { }
            finally
            {
                client.Dispose();
            }
        }
    }
}
