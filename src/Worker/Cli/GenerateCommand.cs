using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Options;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Generate;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning generate FOLDER</c>: synthetic import files for load tests.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder")
        {
            Description = "Where the files go; made if there is none.",
        };
        var customers = new Option<int>("--customers")
        {
            HelpName = "n",
            Description = "How many customers, each with about 10 vouchers.",
            Required = true,
            CustomParser = argument => Number(argument, "--customers", 1, 10_000_000),
        };
        var seed = new Option<int>("--seed")
        {
            HelpName = "s",
            Description = "The same seed gives the same files (default: 1).",
            DefaultValueFactory = _ => 1,
            CustomParser = argument => Number(argument, "--seed", 0, int.MaxValue),
        };
        var verb = new Verb(
            "generate",
            "Write import files of invented facts, the same for the same numbers.",
            "planning generate /tmp/facts --customers 1000 --seed 7"
        )
        {
            folder,
            customers,
            seed,
        };
        verb.SetHandler(
            (invocation, cancellationToken) =>
                GenerateAsync(
                    invocation,
                    invocation.Parsed.GetRequiredValue(folder),
                    invocation.Parsed.GetValue(customers),
                    invocation.Parsed.GetValue(seed),
                    cancellationToken
                )
        );
        return verb;
    }

    private static async Task<ExitCode> GenerateAsync(
        Invocation invocation,
        string folder,
        int customers,
        int seed,
        CancellationToken cancellationToken
    )
    {
        var pack = PolicyPackReader.Read(invocation.Get<IOptions<PoliciesOptions>>().Value.Path);
        await Progress.ShowAsync(
            "generate",
            "customers",
            steps =>
                Task.Run(
                    () =>
                    {
                        Directory.CreateDirectory(folder);
                        new FactGenerator(pack).Write(
                            folder,
                            customers,
                            (ulong)seed,
                            new Customers(steps, customers),
                            cancellationToken
                        );
                        return customers;
                    },
                    cancellationToken
                )
        );
        await invocation.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Facts of {Count.Of(customers, "customer")} are in '{folder}'. To load them: planning import {folder}"
            )
        );
        return ExitCode.Done;
    }

    private static int Number(ArgumentResult argument, string name, int from, int to)
    {
        var text = argument.Tokens.Single().Value;
        if (
            int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && number >= from
            && number <= to
        )
        {
            return number;
        }

        argument.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is '{text}'; it must be a whole number from {from} to {to}."
            )
        );
        return from;
    }

    private sealed class Customers(IProgress<Step> steps, int total) : IProgress<int>
    {
        public void Report(int value) => steps.Report(new(value, total));
    }
}
