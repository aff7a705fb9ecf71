using PlanningServices.Worker;
using PlanningServices.Worker.Cli;

if (!Cultures.AreThere())
{
    return (int)ExitCode.Failed;
}

Cultures.UseInvariant();
return (int)await PlanningCommand.InvokeAsync(args);
