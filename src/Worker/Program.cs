using PlanningServices.Worker.Cli;

return (int)await PlanningCommand.InvokeAsync(args);
