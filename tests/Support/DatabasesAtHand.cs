using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PlanningServices.Tests.Support;

/// <summary>
/// Leaves out the tests for a kind of database that is not at hand: the classes <c>*OnPostgresTests</c> and
/// <c>*OnSqlServerTests</c>, and each test with "Postgre" in its name. One test for each kind says so,
/// instead of each of theirs.
/// </summary>
public sealed class DatabasesAtHand(string? configFileName) : XunitTestFramework(configFileName)
{
    private readonly string? configFileName = configFileName;

    public DatabasesAtHand()
        : this(null) { }

    /// <inheritdoc/>
    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) =>
        new Discoverer(new XunitTestAssembly(assembly, configFilePath: configFileName));

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForType(
            IXunitTestClass testClass,
            ITestFrameworkDiscoveryOptions discoveryOptions,
            Func<ITestCase, ValueTask<bool>> discoveryCallback
        ) =>
            base.FindTestsForType(
                testClass,
                discoveryOptions,
                test => IsAtHand(testClass, test) ? discoveryCallback(test) : ValueTask.FromResult(true)
            );

        private static bool IsAtHand(IXunitTestClass testClass, ITestCase test) =>
            testClass.TestClassSimpleName switch
            {
                nameof(DatabasesAtHand) + "Tests" => true,
                var name when name.EndsWith("OnSqlServerTests", StringComparison.Ordinal) =>
                    SqlServerServer.IsAtHand,
                var name when name.EndsWith("OnPostgresTests", StringComparison.Ordinal) =>
                    PostgresServer.IsAtHand,
                _ => PostgresServer.IsAtHand
                    || !test.TestCaseDisplayName.Contains("Postgre", StringComparison.Ordinal),
            };
    }
}
