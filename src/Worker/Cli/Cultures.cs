using System.Globalization;
using System.Runtime.InteropServices;

namespace PlanningServices.Worker.Cli;

/// <summary>
/// The cultures of the machine. SQL Server's driver needs them to be there (on Linux, as ICU); what the program reads,
/// orders and writes depends on none of them.
/// </summary>
internal static class Cultures
{
    private const string WithoutCultures = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    private const string Missing =
        "The ICU library, in which .NET finds cultures, is not installed. Install it: apt-get install libicu-dev (Debian, "
        + "Ubuntu), apk add icu-libs (Alpine) or dnf install libicu (Fedora, Red Hat). Nothing was done.";

    /// <summary>
    /// Makes the invariant culture that of every thread. False where there are no cultures; then it has said on stderr which
    /// package to install.
    /// </summary>
    /// <remarks>
    /// Before anything else is done: the first use of a culture settles whether there are any, and where there should be and
    /// are none it ends the process with pages of stack.
    /// </remarks>
    public static bool UseInvariant()
    {
        // Container images set it, and the driver refuses to work then.
        Environment.SetEnvironmentVariable(WithoutCultures, null);
        if (OperatingSystem.IsLinux() && LoadICU() == 0)
        {
            // What is left to do is to say so, for which the console needs cultures or this.
            Environment.SetEnvironmentVariable(WithoutCultures, "1");
            System.Console.Error.WriteLine(Missing);
            return false;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        return true;
    }

    // How the runtime itself loads ICU, and looks for its versions.
    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int LoadICU();
}
