using System.Runtime.ExceptionServices;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace BlazorAgents.E2E.Fixtures;

/// <summary>A test in a browser: opens visits, closes them, and fails when a page had problems that the test did not allow. Failures leave a picture.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private static readonly AsyncLocal<Outcome?> s_current = new();

    private readonly List<Visit> _visits = [];
    private readonly Outcome _outcome = new();

    static BrowserTest() => AppDomain.CurrentDomain.FirstChanceException += Notice;

    // Set in the constructor, so that it flows into the test's own method.
    protected BrowserTest() => s_current.Value = _outcome;

    /// <summary>A new browser profile at the application, signed in unless the person is null.</summary>
    protected async Task<Visit> VisitAsync(AppProcess app, Person? person, BrowserNewContextOptions? options = null)
    {
        var visit = await Visit.StartAsync(app, person, options ?? new());
        _visits.Add(visit);
        return visit;
    }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        var problems = new List<string>();
        foreach (var visit in _visits)
        {
            if (_outcome.Failed)
            {
                await visit.PhotographAsync(GetType().Name);
            }

            problems.AddRange(visit.Problems);
            await visit.DisposeAsync();
        }

        // A test that failed has said enough.
        if (!_outcome.Failed)
        {
            Assert.True(problems.Count == 0, string.Join('\n', problems));
        }
    }

    // The runner does not tell a test how it ended; an assertion that was thrown in its flow does.
    private static void Notice(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (s_current.Value is { } outcome && thrown.Exception is XunitException or PlaywrightException or TimeoutException)
        {
            outcome.Failed = true;
        }
    }

    private sealed class Outcome
    {
        public volatile bool Failed;
    }
}
