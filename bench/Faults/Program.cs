using PlanningServices.Faults;

// Three nodes on one PostgreSQL, and everything that can happen to them in a night; afterwards all must be as if nothing
// had happened.
//
//   dotnet run -c Release --project bench/Faults -- [--vouchers 50000] [--nights 5] [--nodes 3] [--faults 30] [--seed S]
//                                                   [--long] [--patience SECONDS] [--keep FOLDER]
//
// --nights are those of a stage, a month; there are as many stages as the faults need. --long is --faults 300.
// --patience is how long nothing may move before the state is printed and it is given up. --keep leaves logs and exports.
return CampaignSettings.Read(args) is { } settings ? await Campaign.RunAsync(settings) : 2;
