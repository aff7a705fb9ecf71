using PlanningServices.Console.Tests;

[assembly: AssemblyFixture(typeof(ConsoleServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
