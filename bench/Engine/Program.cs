using BenchmarkDotNet.Running;
using PlanningServices.EngineBenchmarks;

BenchmarkSwitcher.FromAssembly(typeof(CompileBenchmarks).Assembly).Run(args);
