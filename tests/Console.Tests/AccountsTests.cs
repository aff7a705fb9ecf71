using PlanningServices.Worker.Console;

namespace PlanningServices.Console.Tests;

public sealed class AccountsTests : IDisposable
{
    private readonly TempDatabase temp = new();
    private readonly Accounts accounts;

    public AccountsTests() => accounts = new(temp.Database, temp.Time);

    [Fact]
    public void The_first_administrator_comes_by_a_link_of_which_only_the_latest_counts()
    {
        var old = accounts.NewFirstLink()!;
        var link = accounts.NewFirstLink()!;

        Assert.Null(accounts.FindLink(old));
        var user = accounts.UseLink(link, "anna", ConsoleServer.Password);

        Assert.Contains(Roles.Administrator, user.Roles, StringComparison.Ordinal);
        Assert.Null(accounts.NewFirstLink());
        Assert.Null(accounts.FindLink(link));
    }

    [Fact]
    public void A_link_lasts_a_day()
    {
        var link = accounts.NewFirstLink()!;
        temp.Time.Advance(TimeSpan.FromHours(23));
        Assert.NotNull(accounts.FindLink(link));

        temp.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(accounts.FindLink(link));
    }

    [Fact]
    public void A_lock_lasts_a_quarter_of_an_hour()
    {
        accounts.Add("anna", [Roles.Viewer], ConsoleServer.Password);
        for (var i = 0; i < Accounts.FailuresAllowed; i++)
        {
            accounts.SignIn("anna", "wrong");
        }

        Assert.Null(accounts.SignIn("anna", ConsoleServer.Password));
        temp.Time.Advance(Accounts.LockedFor);

        Assert.NotNull(accounts.SignIn("anna", ConsoleServer.Password));
    }

    [Fact]
    public void The_key_of_a_program_lasts_to_its_last_day_or_until_it_is_revoked()
    {
        var today = DateOnly.FromDateTime(TempDatabase.Now.UtcDateTime);
        var key = accounts.AddKey("portal", [Roles.Viewer], today);
        var revoked = accounts.AddKey("warehouse", [Roles.Finance, Roles.Viewer], today.AddDays(9));
        Assert.Equal("viewer finance", accounts.KeyOf(revoked)!.Roles);
        accounts.RevokeKey("warehouse");

        Assert.Equal("portal", accounts.KeyOf(key)!.KeyName);
        Assert.Null(accounts.KeyOf(revoked));
        Assert.Null(accounts.KeyOf(key + "0"));
        temp.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(accounts.KeyOf(key));
    }

    [Fact]
    public void Secrets_are_not_in_the_database()
    {
        var link = accounts.NewFirstLink()!;
        accounts.Add("anna", [Roles.Viewer], ConsoleServer.Password);
        var key = accounts.AddKey("portal", [Roles.Viewer], new(2030, 1, 1));

        var text = System.Text.Encoding.Latin1.GetString(temp.Bytes());

        Assert.DoesNotContain(link, text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(ConsoleServer.Password, text, StringComparison.Ordinal);
    }

    public void Dispose() => temp.Dispose();
}
