using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PlanningServices.Worker;

/// <summary>
/// The cultures of the machine. SQL Server's driver needs them to be there (on Linux, as ICU); what the program reads,
/// orders and writes depends on none of them.
/// </summary>
internal static class Cultures
{
    private const string InvariantMode = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    private const string Missing =
        "The ICU library, in which .NET finds cultures, is not installed. Install it: apt-get install libicu-dev (Debian, "
        + "Ubuntu), apk add icu-libs (Alpine) or dnf install libicu (Fedora, Red Hat). Nothing was done.\n";

    /// <summary>
    /// Whether they are there; says on stderr which package to install otherwise. Before anything else is done: the first
    /// use of a culture ends the process with pages of stack.
    /// </summary>
    public static bool AreThere()
    {
        if (!OperatingSystem.IsLinux() || LoadICU() != 0)
        {
            return true;
        }

        // Not by way of Console, which needs a culture.
        using var error = new FileStream(new(2, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        error.Write(Encoding.UTF8.GetBytes(Missing));
        return false;
    }

    /// <summary>Makes the invariant culture that of every thread.</summary>
    public static void UseInvariant()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        // Container images set it. This program's own setting goes before it, but the driver refuses to work beside it.
        Environment.SetEnvironmentVariable(InvariantMode, null);
    }

    // How the runtime itself loads ICU, and looks for its versions.
    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int LoadICU();
}
