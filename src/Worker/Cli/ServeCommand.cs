using System.CommandLine;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Hosting;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning serve</c>: the hosted service.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "serve",
            "Run as a service: import drop folders (--import-folder), start the nightly run on its schedule and run missed "
                + "business dates. The console is at http://127.0.0.1:9465 (--console-url). What monitors ask is at "
                + "http://127.0.0.1:9464 (--health-url): /health/live, /health/ready, /health, /metrics.",
            "planning serve",
            "planning serve --nightly '0 30 2 * * ?' --time-zone Europe/Berlin --database /data/planning.db",
            "planning serve --import-folder /srv/planning/inbox --required-by 04:30",
            "planning serve --health-url http://0.0.0.0:9464"
        );
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                invocation.Get<Migrator>().Upgrade();
                await NightlyService.RunAsync(
                    invocation.Configuration(),
                    new ConsoleSite(),
                    cancellationToken
                );
                return ExitCode.Done;
            }
        );
        return verb;
    }
}
