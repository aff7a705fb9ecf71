using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PlanningServices.Tests.Support;

/// <summary>
/// Leaves out the classes of tests for a kind of database that is not at hand, by their names: <c>*OnPostgresTests</c> and
/// <c>*OnSqlServerTests</c>. One test for each kind says so, instead of each of theirs.
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
            IsAtHand(testClass.TestClassSimpleName)
                ? base.FindTestsForType(testClass, discoveryOptions, discoveryCallback)
                : ValueTask.FromResult(true);

        private static bool IsAtHand(string testClass) =>
            (!testClass.EndsWith("OnPostgresTests", StringComparison.Ordinal) || PostgresServer.IsAtHand)
            && (
                !testClass.EndsWith("OnSqlServerTests", StringComparison.Ordinal) || SqlServerServer.IsAtHand
            );
    }
}
