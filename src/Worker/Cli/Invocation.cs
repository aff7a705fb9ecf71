using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Cli;

/// <summary>One call of the program: what was asked, and what it needs to answer.</summary>
internal sealed class Invocation : IAsyncDisposable
{
    private readonly Dictionary<string, string?> chosen = new(StringComparer.Ordinal);
    private readonly Lazy<ServiceProvider> services;

    private Invocation(ParseResult parsed)
    {
        Parsed = parsed;
        services = new(BuildServices);
    }

    public ParseResult Parsed { get; }

    /// <summary>Data.</summary>
    public TextWriter Out => Parsed.InvocationConfiguration.Output;

    /// <summary>Everything else: logs, progress, errors.</summary>
    public TextWriter Error => Parsed.InvocationConfiguration.Error;

    public T Get<T>()
        where T : notnull => services.Value.GetRequiredService<T>();

    public IConfiguration Configuration() =>
        new ConfigurationBuilder()
            .AddSettings(SettingOptions.Of(Parsed))
            .AddInMemoryCollection(chosen)
            .Build();

    /// <summary>Uses another database than the configured one; before anything is taken from here.</summary>
    public void UseDatabase(string file) => Set("Database:ConnectionString", $"Data Source={file}");

    /// <summary>Gives a setting a value, whatever is configured.</summary>
    public void Set(string key, string value) => chosen[key] = value;

    /// <summary>Runs a verb. Whatever goes wrong ends in one message and an exit code.</summary>
    public static async Task<ExitCode> RunAsync(
        ParseResult parsed,
        Func<Invocation, CancellationToken, Task<ExitCode>> work
    )
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var invocation = new Invocation(parsed);
        try
        {
            return await work(invocation, stop.Token);
        }
        catch (Exception fault)
        {
            var (code, text) = ErrorText.Of(invocation.Explain(fault), stop.IsCancellationRequested);
            await invocation.Error.WriteLineAsync(text);
            if (parsed.GetValue(SettingOptions.Verbose))
            {
                await invocation.Error.WriteLineAsync(fault.ToString());
            }

            return code;
        }

        void Stop(PosixSignalContext signal)
        {
            // The second signal is left to its default: it ends the process at once.
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private Exception Explain(Exception fault) =>
        fault is not PlanningException && services.IsValueCreated
            ? Get<Database>().Explain(fault) ?? fault
            : fault;

    public ValueTask DisposeAsync() => services.IsValueCreated ? services.Value.DisposeAsync() : default;

    private ServiceProvider BuildServices()
    {
        var level = Parsed.GetValue(SettingOptions.Verbose) ? LogLevel.Information : LogLevel.Warning;
        var provider = new ServiceCollection()
            .AddPlanning(Configuration())
            .AddLogging(logging =>
                logging
                    .SetMinimumLevel(level)
                    .AddSimpleConsole(ConsoleLogs.Format)
                    .Services.Configure<ConsoleLoggerOptions>(console =>
                        console.LogToStandardErrorThreshold = LogLevel.Trace
                    )
            )
            .BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }
}
