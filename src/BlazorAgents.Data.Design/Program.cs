Console.WriteLine("design");
