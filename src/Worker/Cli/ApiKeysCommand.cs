using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning api-keys</c>: which programs may ask the HTTP API.</summary>
internal static class ApiKeysCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "api-keys",
            "Which programs may ask the HTTP API of the console.",
            "planning api-keys add portal --role viewer --until 2027-06-30",
            "planning api-keys list"
        );
        verb.Subcommands.Add(CreateAdd());
        verb.Subcommands.Add(CreateList());
        verb.Subcommands.Add(CreateRevoke());
        return verb;
    }

    private static Verb CreateAdd()
    {
        var name = Name();
        var roles = UsersCommand.RolesOption(Roles.OfPrograms);
        var until = Dates.Option("--until", "The last day on which it may be used, in UTC.");
        until.Required = true;
        var verb = new Verb(
            "add",
            "Make the key of a program. It is printed once and kept nowhere.",
            "planning api-keys add portal --role viewer --until 2027-06-30"
        )
        {
            name,
            roles,
            until,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var key = invocation.Parsed.GetRequiredValue(name);
            invocation.Out.WriteLine(
                invocation
                    .Get<Accounts>()
                    .AddKey(
                        key,
                        invocation.Parsed.GetRequiredValue(roles),
                        invocation.Parsed.GetValue(until)!.Value
                    )
            );
            return UsersCommand.Record(invocation, "add API key", key, "Added.");
        });
        return verb;
    }

    private static Verb CreateList()
    {
        var format = Formats.Option();
        var verb = new Verb("list", "The keys, without their secrets.", "planning api-keys list") { format };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var keys = invocation.Get<Accounts>().Keys();
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(
                    keys.Select(k => new
                    {
                        k.KeyName,
                        Roles = Roles.Split(k.Roles),
                        k.CreatedAt,
                        k.ExpiresAt,
                        k.RevokedAt,
                    })
                );
                return ExitCode.Done;
            }

            var table = new Table("", "key", "roles", "since", "until", "revoked");
            foreach (var key in keys)
            {
                table.Add(
                    key.KeyName,
                    key.Roles,
                    Instant(key.CreatedAt),
                    Instant(key.ExpiresAt),
                    key.RevokedAt is { } at ? Instant(at) : ""
                );
            }

            table.WriteTo(invocation.Out);
            if (keys.Count == 0)
            {
                invocation.Out.WriteLine("No program has a key.");
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateRevoke()
    {
        var name = Name();
        var verb = new Verb(
            "revoke",
            "Revoke a key, at once and for good.",
            "planning api-keys revoke portal"
        )
        {
            name,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var key = invocation.Parsed.GetRequiredValue(name);
            invocation.Get<Accounts>().RevokeKey(key);
            invocation.Out.WriteLine($"Key '{key}' is revoked.");
            return UsersCommand.Record(invocation, "revoke API key", key, "Revoked.");
        });
        return verb;
    }

    private static Argument<string> Name() => new("name") { Description = "The name of the program." };

    private static string Instant(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
