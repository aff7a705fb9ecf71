using PlanningServices.Worker;
using PlanningServices.Worker.Cli;

return Cultures.UseInvariant() ? (int)await PlanningCommand.InvokeAsync(args) : (int)ExitCode.Failed;
