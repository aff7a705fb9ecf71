using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace PlanningServices.Worker.Hosting;

/// <summary>Pages that the service serves beside its health: they use the service, and not the other way round.</summary>
internal abstract class WebSite
{
    /// <summary>Where it is served; null for nowhere.</summary>
    /// <exception cref="PlanningException">It cannot be served there safely.</exception>
    public abstract WebAddress? AddressIn(IConfiguration configuration);

    /// <summary>Adds what it is made of.</summary>
    public abstract void Add(WebApplicationBuilder builder, WebAddress address);

    /// <summary>Puts its pages into the server.</summary>
    public abstract void Map(WebApplication app);

    /// <summary>Prepares the first request; the addresses are taken.</summary>
    public abstract void Prepare(IServiceProvider services);
}
