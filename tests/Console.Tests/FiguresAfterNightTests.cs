using Microsoft.Extensions.Caching.Memory;
using PlanningServices.Worker.Console;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Console.Tests;

/// <summary>What takes seconds over many requests is there before somebody asks for it.</summary>
[Collection(nameof(ConsoleServer))]
public sealed class FiguresAfterNightTests(ConsoleServer server)
{
    [Fact]
    public void The_figures_of_a_night_are_added_up_before_anybody_asks_and_once()
    {
        using var kept = new MemoryCache(new MemoryCacheOptions());
        var finance = server.Get<FinanceDesk>();
        var figures = new NightFigures(server.Database, finance, server.Get<ExceptionDesk>(), kept);
        using var service = new FiguresAfterNight(server.Database, finance, figures, TimeProvider.System);

        service.Poll();

        var added = kept.Count;
        Assert.Equal(5, added);
        var night = finance.Night(null);
        Assert.Same(figures.Ageing(night), figures.Ageing(night));
        Assert.Same(figures.Suggester(night), figures.Suggester(night));
        Assert.True(figures.Exceptions(night, new()).Count > 0);
        Assert.Equal(added, kept.Count);

        kept.Clear();
        service.Poll();
        Assert.Equal(0, kept.Count);
    }
}
