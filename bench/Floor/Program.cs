using System.Globalization;
using PlanningServices.Floor;

// How near the service is to the floor: the same rows read and written by plain ADO.NET, without any rule.
//
//   dotnet run -c Release --project bench/Floor -- [CUSTOMERS] [ROUNDS] [FOLDER]
//   dotnet run -c Release --project bench/Floor -- postgres [CUSTOMERS] [ROUNDS]
//
// Beside what a user would assemble from the same packages (bench/Plain), and one customer beside five hundred:
//
//   dotnet run -c Release --project bench/Floor -- plain [CUSTOMERS] [ROUNDS]
//   dotnet run -c Release --project bench/Floor -- one-customer [ROUNDS]
//
// The pages of the console, and how they slow a night:
//
//   dotnet run -c Release --project bench/Floor -- pages [CUSTOMERS] [ROUNDS] [FOLDER]
//
// Each step is a process of its own, so that its processor time and its peak memory are its own, too.
return args switch
{
    ["insert", var from, var to] => Step.Print(InsertFloor.Run(from, to)),
    ["first", var from, var to] => Step.Print(NightFloor.First(from, to)),
    ["read", var from] => Step.Print(NightFloor.Read(from)),
    ["copy", var from, var to] => Step.Print(CopyFloor.First(from, to)),
    ["scan", var from] => Step.Print(CopyFloor.Read(from)),
    ["postgres", ..] => PostgresComparison.Run(Number(args, 1, 10_000), Number(args, 2, 1)),
    ["plain", ..] => PlainComparison.Run(Number(args, 1, 500), Number(args, 2, 1)),
    ["pages", ..] => await PagesComparison.RunAsync(
        Number(args, 1, 100_000),
        Number(args, 2, 1),
        args.ElementAtOrDefault(3)
    ),
    ["one-customer", ..] => OneCustomer.Run(Number(args, 1, 5)),
    _ => Comparison.Run(Number(args, 0, 10_000), Number(args, 1, 1), args.ElementAtOrDefault(2)),
};

static int Number(string[] args, int at, int otherwise) =>
    args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
