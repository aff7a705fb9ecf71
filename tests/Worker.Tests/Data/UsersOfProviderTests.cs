using PlanningServices.Worker.Console;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>Users of the console who sign in with an OpenID Connect provider.</summary>
public abstract class UsersOfProviderTests : IDisposable
{
    private const string Issuer = "https://login.example.com";

    private readonly TempDatabase temp;
    private readonly Accounts accounts;

    protected UsersOfProviderTests(Provider provider)
    {
        temp = new(provider);
        accounts = new(temp.Database, temp.Time);
    }

    [Fact]
    public void Issuer_and_subject_say_who_it_is_and_the_name_stays()
    {
        var first = accounts.SignInFromProvider(Issuer, "1", "Ana@Example.com", [Roles.Finance]);
        var again = accounts.SignInFromProvider(Issuer, "1", "somebody.else", [Roles.Viewer, Roles.Finance]);
        var same = accounts.SignInFromProvider(Issuer, "1", "ana@example.com", [Roles.Finance, Roles.Viewer]);

        Assert.Equal(("ana@example.com", "ana@example.com"), (first.UserName, again.UserName));
        Assert.Equal(("finance", "viewer finance"), (first.Roles, again.Roles));
        // Only other roles end the sessions.
        Assert.NotEqual(first.SecurityStamp, again.SecurityStamp);
        Assert.Equal(again.SecurityStamp, same.SecurityStamp);
        Assert.Single(accounts.List());
    }

    [Theory]
    [InlineData(Issuer, "2")]
    [InlineData("https://other.example.com", "1")]
    public void A_name_is_given_to_one_of_them(string issuer, string subject)
    {
        accounts.SignInFromProvider(Issuer, "1", "ana", [Roles.Finance]);

        Assert.Equal(
            "There is another user 'ana' already. Ask an administrator.",
            Assert
                .Throws<PlanningException>(() =>
                    accounts.SignInFromProvider(issuer, subject, "Ana", [Roles.Finance])
                )
                .Message
        );
    }

    public void Dispose() => temp.Dispose();
}

public sealed class UsersOfProviderOnSqliteTests() : UsersOfProviderTests(Provider.Sqlite);

public sealed class UsersOfProviderOnPostgresTests() : UsersOfProviderTests(Provider.Postgres);
