using BlazorAgents.E2E.Fixtures;

namespace BlazorAgents.E2E.Reliability;

/// <summary>Waits for what the application stores: a database tells nobody, so it is asked again and again.</summary>
internal static class Stored
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Returns when the conversation's answers are stored as exactly this text.</summary>
    public static async Task UntilAnswerIsAsync(AppProcess app, Guid conversation, string text)
    {
        await using var data = new AppData(app);
        using var deadline = new CancellationTokenSource(s_patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await data.AnswerTextAsync(conversation) != text)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
