using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlanningServices.Worker.Settings;

/// <summary>Where settings come from, and how they are checked.</summary>
internal static class Configuring
{
    /// <summary>appsettings.json beside the program, then in the current folder, environment, command line.</summary>
    /// <exception cref="PlanningException">An environment variable looks like a setting and is none.</exception>
    public static IConfigurationBuilder AddSettings(
        this IConfigurationBuilder configuration,
        IEnumerable<KeyValuePair<string, string?>> commandLine
    )
    {
        KnownSettings.RefuseUnknown(Environment.GetEnvironmentVariables());
        return configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables(KnownSettings.Prefix)
            .AddInMemoryCollection(commandLine);
    }

    /// <summary>Binds the section named after the options class and checks it when the program starts.</summary>
    public static IServiceCollection AddSettings<TOptions, TValidator>(
        this IServiceCollection services,
        IConfiguration configuration
    )
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        services.AddOptions<TOptions>().Configure(options => Bind(configuration, options)).ValidateOnStart();
        return services;
    }

    /// <summary>The same, checked, for what is put together before the program starts.</summary>
    /// <exception cref="OptionsValidationException">A value is not allowed.</exception>
    public static TOptions Read<TOptions, TValidator>(IConfiguration configuration)
        where TOptions : class, new()
        where TValidator : class, IValidateOptions<TOptions>, new()
    {
        var options = new TOptions();
        Bind(configuration, options);
        var result = new TValidator().Validate(null, options);
        return result.Failed
            ? throw new OptionsValidationException("", typeof(TOptions), result.Failures)
            : options;
    }

    private static void Bind<TOptions>(IConfiguration configuration, TOptions options)
        where TOptions : class
    {
        var section = configuration.GetSection(typeof(TOptions).Name[..^"Options".Length]);
        foreach (var property in typeof(TOptions).GetProperties())
        {
            var text = section[property.Name];
            if (text is null)
            {
                continue;
            }

            try
            {
                property.SetValue(options, section.GetValue(property.PropertyType, property.Name));
            }
            catch (InvalidOperationException)
            {
                var setting = property.GetCustomAttributes(inherit: true).OfType<SettingAttribute>().Single();
                throw new PlanningException(
                    setting.Message(SettingAttribute.KeyOf(typeof(TOptions), property.Name), text),
                    ExitCode.Usage
                );
            }
        }
    }
}
