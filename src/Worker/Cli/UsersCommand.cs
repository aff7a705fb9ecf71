using System.CommandLine;
using System.Globalization;
using System.Text;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning users</c>: who may sign in to the console.</summary>
internal static class UsersCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "users",
            "Who may sign in to the console. Passwords are asked for, or read from stdin.",
            "planning users add anna --role operator --role finance",
            "planning users list"
        );
        verb.Subcommands.Add(CreateAdd());
        verb.Subcommands.Add(CreateList());
        verb.Subcommands.Add(CreatePassword());
        verb.Subcommands.Add(CreateDisable());
        return verb;
    }

    private static Verb CreateAdd()
    {
        var name = Name();
        var roles = RolesOption(Roles.All);
        var verb = new Verb(
            "add",
            "Add a user with a password, which is asked for or the first line of stdin.",
            "planning users add anna --role operator",
            "planning users add anna --role operator < password.txt"
        )
        {
            name,
            roles,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var user = invocation
                .Get<Accounts>()
                .Add(
                    invocation.Parsed.GetRequiredValue(name),
                    invocation.Parsed.GetRequiredValue(roles),
                    Password(invocation)
                );
            invocation.Out.WriteLine($"User '{user.UserName}' is added: {user.Roles}.");
            return Record(invocation, "add user", user.UserName, $"Added, as {user.Roles}.");
        });
        return verb;
    }

    private static Verb CreateList()
    {
        var format = Formats.Option();
        var verb = new Verb("list", "The users, with their roles.", "planning users list") { format };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var users = invocation.Get<Accounts>().List();
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(
                    users.Select(u => new
                    {
                        u.UserName,
                        Roles = Roles.Split(u.Roles),
                        HasPassword = u.PasswordHash is not null,
                        u.LockedUntil,
                        u.CreatedAt,
                        u.DisabledAt,
                    })
                );
                return ExitCode.Done;
            }

            var table = new Table("", "user", "roles", "since", "state");
            foreach (var user in users)
            {
                table.Add(user.UserName, user.Roles, Instant(user.CreatedAt), StateOf(user));
            }

            table.WriteTo(invocation.Out);
            if (users.Count == 0)
            {
                invocation.Out.WriteLine(
                    "No user yet. To add one: planning users add NAME --role administrator"
                );
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreatePassword()
    {
        var name = Name();
        var verb = new Verb(
            "password",
            "Give a user another password, which ends the user's sessions and lock.",
            "planning users password anna"
        )
        {
            name,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var user = invocation.Parsed.GetRequiredValue(name);
            invocation.Get<Accounts>().SetPassword(user, Password(invocation));
            invocation.Out.WriteLine($"User '{user}' has another password.");
            return Record(invocation, "set password", user, "Set.");
        });
        return verb;
    }

    private static Verb CreateDisable()
    {
        var name = Name();
        var verb = new Verb(
            "disable",
            "Disable a user for good, which ends the user's sessions. What the user did stays on record.",
            "planning users disable anna"
        )
        {
            name,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var user = invocation.Parsed.GetRequiredValue(name);
            invocation.Get<Accounts>().Disable(user);
            invocation.Out.WriteLine($"User '{user}' is disabled.");
            return Record(invocation, "disable user", user, "Disabled.");
        });
        return verb;
    }

    /// <summary>Keeps in the log of the console what was done about it on the command line.</summary>
    internal static ExitCode Record(Invocation invocation, string action, string subject, string result)
    {
        using var store = new Store(invocation.Get<Database>());
        store.ConsoleLog.Add(
            invocation.Get<TimeProvider>().GetUtcNow(),
            Environment.UserName,
            action,
            subject,
            result,
            $"command line on {Environment.MachineName}"
        );
        return ExitCode.Done;
    }

    internal static Option<string[]> RolesOption(IReadOnlyList<string> roles)
    {
        var option = new Option<string[]>("--role")
        {
            HelpName = "role",
            Description = $"One of {string.Join(", ", roles)}. May be given again.",
            Required = true,
        };
        return option;
    }

    private static Argument<string> Name() => new("name") { Description = "The name of the user." };

    // Never an argument: the list of processes and the history of the shell would show it.
    private static string Password(Invocation invocation)
    {
        if (System.Console.IsInputRedirected)
        {
            return System.Console.In.ReadLine()
                ?? throw new PlanningException(
                    "There is no password on stdin. Nothing was done.",
                    ExitCode.Usage
                );
        }

        var first = Prompt("Password: ");
        return first == Prompt("Again: ")
            ? first
            : throw new PlanningException(
                "The two passwords are not the same. Nothing was done.",
                ExitCode.Usage
            );

        string Prompt(string prompt)
        {
            invocation.Error.Write(prompt);
            var text = new StringBuilder();
            while (System.Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            {
                if (key.Key == ConsoleKey.Backspace)
                {
                    text.Length = Math.Max(0, text.Length - 1);
                }
                else
                {
                    text.Append(key.KeyChar);
                }
            }

            invocation.Error.WriteLine();
            return text.ToString();
        }
    }

    private static string StateOf(ConsoleUser user) =>
        user.DisabledAt is { } disabled ? $"disabled {Instant(disabled)}"
        : user.PasswordHash is null ? "waits for a password"
        : user.LockedUntil is { } locked ? $"locked until {Instant(locked)}"
        : "";

    private static string Instant(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
