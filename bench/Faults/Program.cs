using System.Runtime.InteropServices;
using PlanningServices.Faults;

// Three nodes on one PostgreSQL, and everything that can happen to them in a night; afterwards all must be as if nothing
// had happened.
//
//   dotnet run -c Release --project bench/Faults -- [--vouchers 50000] [--nights 5] [--nodes 3] [--faults 30] [--seed S]
//                                                   [--long] [--patience SECONDS] [--limit MINUTES] [--keep FOLDER]
//
// --nights are those of a stage, a month; there are as many stages as the faults need. --long is --faults 300.
// --patience is how long nothing may move, --limit how long the nights may take, before the state is printed and it is
// given up. --keep leaves logs and exports. Exit codes: 0 all is well, 1 it is not, 2 the arguments are not understood.
if (CampaignSettings.Read(args) is not { } settings)
{
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await Campaign.RunAsync(settings, stop);

// Nodes and server are not left behind.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
