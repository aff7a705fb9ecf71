[assembly: AssemblyFixture(typeof(Servers))]
[assembly: TestFramework(typeof(DatabasesAtHand))]
