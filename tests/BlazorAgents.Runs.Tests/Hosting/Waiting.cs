namespace BlazorAgents.Runs.Tests.Hosting;

/// <summary>Waits for states, never for time.</summary>
internal static class Waiting
{
    /// <summary>Far longer than anything takes: reaching it means that the state never comes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(this RunView view, Func<RunView, bool> reached)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Check()
        {
            if (reached(view))
            {
                done.TrySetResult();
            }
        }

        using var subscription = view.Subscribe(Check);
        Check();
        await done.Task.WaitAsync(Patience);
    }

    public static Task UntilEndedAsync(this RunView view) => view.UntilAsync(v => !v.State.IsActive);

    /// <summary>The answer's text as a reader sees it.</summary>
    public static string Text(this RunView view) =>
        string.Concat(view.Items.Where(item => item.Kind is RunItemKind.Text).Select(item => item.Text));
}
