using System.Diagnostics;

namespace PlanningServices.Tests.Support;

/// <summary>A file system of 32 KiB; whoever may not mount one skips the test.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
                && Run("mount", "-t", "tmpfs", "-o", "size=32k", "planning-test", Folder),
            "Nothing can be mounted here, so no disk can be full."
        );
    }

    public string Folder { get; }

    public void Dispose() => Run("umount", Folder);

    private static bool Run(string command, params string[] args)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command, args) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
