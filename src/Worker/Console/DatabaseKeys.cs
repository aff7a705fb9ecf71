using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>Keeps the keys that protect cookies and forms in the database: they outlive a restart, and all nodes have them.</summary>
internal sealed class DatabaseKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var store = new Store(database);
        return [.. store.Users.Keys().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var store = new Store(database);
        store.Users.AddKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
